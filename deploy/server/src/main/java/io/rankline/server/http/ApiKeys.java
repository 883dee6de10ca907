package io.rankline.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: everybody, or those with a key.
 *
 * @param keys of which a request must have one; none for everybody
 */
public record ApiKeys(List<String> keys) {

  /** Why a request without a key is refused. */
  public static final String NEEDED =
      "an API key is needed, as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'";

  private static final String BEARER = "Bearer ";
  private static final String HEADER = "X-API-Key";

  /** Copies the keys. */
  public ApiKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Whether there are no keys, or a request has one.
   *
   * @param authorization the header of that name, with a bearer token
   * @param own the header {@code X-API-Key}
   */
  public boolean allow(@Nullable String authorization, @Nullable String own) {
    if (keys.isEmpty()) {
      return true;
    }
    String token = "";
    if (authorization != null && authorization.startsWith(BEARER)) {
      token = authorization.substring(BEARER.length()).strip();
    }
    if (own != null) {
      token = own.strip();
    }
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String key : keys) {
      // In a time that does not tell how much of a key was right.
      known |= MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), given);
    }
    return known;
  }

  boolean allow(HttpFields headers) {
    return allow(headers.get(HttpHeader.AUTHORIZATION), headers.get(HEADER));
  }
}
