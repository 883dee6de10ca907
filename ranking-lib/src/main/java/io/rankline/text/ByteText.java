package io.rankline.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes that are text in most data, and ids of another kind in some. */
public final class ByteText {

  /** What decoders write for what is no text; no sound text begins with it. */
  private static final char NO_TEXT = '\uFFFD';

  private ByteText() {}

  /** The text, or null for bytes that are no UTF-8. */
  public static @Nullable String orNull(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null; // which is the answer
    }
  }

  /**
   * The text; for bytes that are no UTF-8 a sign and their hexadecimal digits, so that no two are
   * alike.
   */
  public static String of(byte[] bytes) {
    String text = orNull(bytes);
    return text == null ? NO_TEXT + HexFormat.of().formatHex(bytes) : text;
  }
}
