package io.rankline.text;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 of what is added, in hexadecimal. For one thread. */
public final class Sha256 {

  private final MessageDigest sum;

  /** Of nothing yet. */
  public Sha256() {
    try {
      this.sum = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** That of bytes. */
  public static String of(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /** That of a text in UTF-8. */
  public static String of(String text) {
    return new Sha256().add(text).hex();
  }

  /** Adds bytes. */
  public Sha256 add(byte[] bytes) {
    sum.update(bytes);
    return this;
  }

  /** Adds a text in UTF-8. */
  public Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds numbers, four bytes each, the highest first. */
  public Sha256 add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    int at = 0;
    while (at < values.length) {
      int count = Math.min(bytes.capacity() / Float.BYTES, values.length - at);
      bytes.asFloatBuffer().put(values, at, count);
      sum.update(bytes.array(), 0, count * Float.BYTES);
      at += count;
    }
    return this;
  }

  /** A stream that adds what goes through it. */
  public OutputStream beside(OutputStream out) {
    return new DigestOutputStream(out, sum);
  }

  /** The 64 digits; what is added from now on is another sum. */
  public String hex() {
    return HexFormat.of().formatHex(sum.digest());
  }
}
