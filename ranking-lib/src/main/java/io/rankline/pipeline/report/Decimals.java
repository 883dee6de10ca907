package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import java.util.Collection;
import java.util.List;

/** Numbers below each other, with their points below each other too. */
final class Decimals {

  private Decimals() {}

  /** Texts of numbers, all with as many decimals as the one that needs most; none for NaN. */
  static List<String> aligned(Collection<Double> values) {
    List<String> texts =
        values.stream().map(value -> value.isNaN() ? "none" : EpochLine.number(value)).toList();
    int most = texts.stream().mapToInt(Decimals::decimals).max().orElse(0);
    return texts.stream().map(text -> padded(text, most)).toList();
  }

  /** Number of decimals of plain numbers; 0 of powers of ten and words, which stay as they are. */
  private static int decimals(String text) {
    int point = text.indexOf('.');
    return point < 0 || !isPlain(text) ? 0 : text.length() - point - 1;
  }

  private static String padded(String text, int most) {
    int missing = most - decimals(text);
    if (missing == 0 || !isPlain(text)) {
      return text;
    }
    return text + (text.indexOf('.') < 0 ? "." : "") + "0".repeat(missing);
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
  }
}
