package io.rankline.io.tensor;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names as people sort them: {@code dense_2} before {@code dense_10}, {@code a/b} before {@code
 * a_1/b}.
 */
public final class NaturalOrder implements Comparator<String> {

  /** The order. */
  public static final NaturalOrder NAMES = new NaturalOrder();

  private static final Pattern PART = Pattern.compile("\\d+|/|[^\\d/]+");

  private NaturalOrder() {}

  @Override
  public int compare(String one, String other) {
    Matcher left = PART.matcher(one);
    Matcher right = PART.matcher(other);
    while (true) {
      boolean more = left.find();
      if (!right.find()) {
        return more ? 1 : one.compareTo(other);
      }
      if (!more) {
        return -1;
      }
      int order = compareParts(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int compareParts(String one, String other) {
    if (one.equals(other)) {
      return 0;
    }
    if (one.equals("/") || other.equals("/")) {
      return one.equals("/") ? -1 : 1;
    }
    return isNumber(one) && isNumber(other)
        ? new BigInteger(one).compareTo(new BigInteger(other))
        : one.compareTo(other);
  }

  private static boolean isNumber(String part) {
    return part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }
}
