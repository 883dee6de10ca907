package io.rankline.spark.inspect;

/** Feature names that end in a number, as {@code custom_features_12}. */
final class NumberedName {

  private NumberedName() {}

  /** The name without its number. */
  static String prefix(String name) {
    return name.substring(0, digitsFrom(name));
  }

  /** The number at the end of the name, or -1. */
  static long number(String name) {
    int from = digitsFrom(name);
    return from == name.length() ? -1 : Long.parseLong(name.substring(from));
  }

  /** Where the number starts: the longest run of digits without leading zero that fits a long. */
  private static int digitsFrom(String name) {
    int from = name.length();
    while (from > 0 && name.length() - from < 18 && isDigit(name.charAt(from - 1))) {
      from--;
    }
    while (from < name.length() - 1 && name.charAt(from) == '0') {
      from++;
    }
    return from;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
