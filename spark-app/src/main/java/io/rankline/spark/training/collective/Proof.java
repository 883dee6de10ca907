package io.rankline.spark.training.collective;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * That a side knows the secret: the HMAC-SHA256, keyed with it, of the side's role and of both
 * greetings, whose nonces make it worthless for any other connection. The role keeps a side from
 * sending the other's proof back.
 */
final class Proof {

  static final int BYTES = Hello.HASH_BYTES;

  private final @Nullable SecretKeySpec key;

  Proof(@Nullable String secret) {
    this.key =
        secret == null
            ? null
            : new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /** The proof of the side that accepted the connection; zeros where there is no secret. */
  byte[] ofAcceptor(byte[] connectorHello, byte[] acceptorHello) {
    return of("acceptor", connectorHello, acceptorHello);
  }

  /** The proof of the side that made the connection; zeros where there is no secret. */
  byte[] ofConnector(byte[] connectorHello, byte[] acceptorHello) {
    return of("connector", connectorHello, acceptorHello);
  }

  /** Whether a proof is the expected one, in a time that does not depend on where it differs. */
  static boolean holds(byte[] expected, byte[] given) {
    return MessageDigest.isEqual(expected, given);
  }

  private byte[] of(String role, byte[] connectorHello, byte[] acceptorHello) {
    if (key == null) {
      return new byte[BYTES];
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(role.getBytes(StandardCharsets.UTF_8));
      mac.update(connectorHello);
      return mac.doFinal(acceptorHello);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
