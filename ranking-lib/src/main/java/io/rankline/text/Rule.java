package io.rankline.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link Option} demands of values, and its words. */
final class Rule {

  private final Option option;
  private final boolean isWhole;
  private final boolean isNullable;

  /**
   * The rule of a component.
   *
   * @param isWhole whether its numbers are whole
   */
  Rule(Option option, boolean isWhole, boolean isNullable) {
    this.option = option;
    this.isWhole = isWhole;
    this.isNullable = isNullable;
  }

  /** What is wrong with a value, null if nothing is. */
  @Nullable String broken(@Nullable Object value) {
    if (value == null) {
      return isNullable ? null : "is missing";
    }
    if (!option.filled().isEmpty() && isEmpty(value)) {
      return option.filled() + (isNullable ? ", got ''" : ", got none");
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
    String filled = option.filled();
    String numbers = isBounded() ? numberWords() : "";
    return filled.isEmpty() || numbers.isEmpty() ? filled + numbers : filled + "; " + numbers;
  }

  private boolean isBounded() {
    return !(Double.isInfinite(option.least())
        && Double.isInfinite(option.above())
        && Double.isInfinite(option.most())
        && Double.isInfinite(option.below()));
  }

  private boolean holds(double number) {
    if (!isBounded()) {
      return true;
    }
    return number >= option.least()
        && (number > option.above() || Double.isInfinite(option.above()))
        && number <= option.most()
        && (number < option.below() || Double.isInfinite(option.below()))
        && !Double.isInfinite(number);
  }

  private String numberWords() {
    if (!option.words().isEmpty()) {
      return option.words();
    }
    boolean isOpen = !Double.isInfinite(option.above());
    double from = isOpen ? option.above() : option.least();
    String most = Double.isInfinite(option.most()) ? "" : ", at most " + shown(option.most());
    if (!Double.isInfinite(option.below())) {
      return "must be in %s%s, %s)"
          .formatted(isOpen ? "(" : "[", shown(from), shown(option.below()));
    }
    String least =
        isOpen ? "must be above " + shown(from) : "must be %s or more".formatted(shown(from));
    return least + (isWhole || !most.isEmpty() ? most : " and finite");
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
