package io.rankline.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link Option} demands of values, and its words. */
final class Rule {

  // Asked for once: values of annotations come by reflection, and losses are checked in every step.
  private final double least;
  private final double above;
  private final double most;
  private final double below;
  private final String filled;
  private final String words;
  private final boolean isWhole;
  private final boolean isNullable;

  /**
   * The rule of a component.
   *
   * @param isWhole whether its numbers are whole
   */
  Rule(Option option, boolean isWhole, boolean isNullable) {
    this.least = option.least();
    this.above = option.above();
    this.most = option.most();
    this.below = option.below();
    this.filled = option.filled();
    this.words = option.words();
    this.isWhole = isWhole;
    this.isNullable = isNullable;
  }

  /** What is wrong with a value, null if nothing is. */
  @Nullable String broken(@Nullable Object value) {
    if (value == null) {
      return isNullable ? null : "is missing";
    }
    if (!filled.isEmpty() && isEmpty(value)) {
      return filled + (isNullable ? ", got ''" : ", got none");
    }
    if (value instanceof Number number) {
      return holds(number.doubleValue()) ? null : numberWords() + ", got " + number;
    }
    for (Object each : several(value)) {
      if (each instanceof Number number && !holds(number.doubleValue())) {
        return numberWords() + ", got " + (value instanceof List ? value : each);
      }
    }
    return null;
  }

  /** The rule for the page of keys; empty for none. */
  String words() {
    String numbers = isBounded() ? numberWords() : "";
    return filled.isEmpty() || numbers.isEmpty() ? filled + numbers : filled + "; " + numbers;
  }

  private boolean isBounded() {
    return !(Double.isInfinite(least)
        && Double.isInfinite(above)
        && Double.isInfinite(most)
        && Double.isInfinite(below));
  }

  private boolean holds(double number) {
    if (!isBounded()) {
      return true;
    }
    return number >= least
        && (number > above || Double.isInfinite(above))
        && number <= most
        && (number < below || Double.isInfinite(below))
        && !Double.isInfinite(number);
  }

  private String numberWords() {
    if (!words.isEmpty()) {
      return words;
    }
    boolean isOpen = !Double.isInfinite(above);
    double from = isOpen ? above : least;
    String upTo = Double.isInfinite(most) ? "" : ", at most " + shown(most);
    if (!Double.isInfinite(below)) {
      return "must be in %s%s, %s)".formatted(isOpen ? "(" : "[", shown(from), shown(below));
    }
    String start =
        isOpen ? "must be above " + shown(from) : "must be %s or more".formatted(shown(from));
    return start + (isWhole || !upTo.isEmpty() ? upTo : " and finite");
  }

  private static Iterable<?> several(Object value) {
    return value instanceof Iterable<?> all
        ? all
        : value instanceof Map<?, ?> map ? map.values() : List.of(value);
  }

  private static String shown(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static boolean isEmpty(Object value) {
    return value instanceof String text ? text.isBlank() : !several(value).iterator().hasNext();
  }
}
