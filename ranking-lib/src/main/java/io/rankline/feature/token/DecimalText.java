package io.rankline.feature.token;

/** The decimal digits of an integer, without making a String of it. */
final class DecimalText {

  /** Digits of the longest integer, and its sign. */
  static final int LONGEST = 20;

  private DecimalText() {}

  /**
   * Writes the digits to the end of a buffer.
   *
   * @param buffer of {@link #LONGEST} bytes
   * @return where the text starts
   */
  static int write(long value, byte[] buffer) {
    int at = buffer.length;
    long rest = value;
    do {
      buffer[--at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      buffer[--at] = '-';
    }
    return at;
  }
}
