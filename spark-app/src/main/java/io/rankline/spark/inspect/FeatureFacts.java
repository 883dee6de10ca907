package io.rankline.spark.inspect;

import io.rankline.io.example.FeatureValues;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What a sample says of one feature. */
final class FeatureFacts {

  /** So many pairs are needed to say anything of an order. */
  private static final int ENOUGH_PAIRS = 200;

  private static final int ENOUGH_ITEMS = 100;

  /** Values that repeat less than this are names of things. */
  private static final double ALL_DIFFERENT = 0.98;

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}.*)?|\\d{2}:\\d{2}(:\\d{2})?");

  private final Set<Object> different = new HashSet<>();
  private long items;
  private long times;
  private long phrases;
  private boolean whole = true;
  private long pairs;
  private double agreeing;

  /** Adds the values of an item and gives its number, NaN where it has not one of them. */
  double add(FeatureValues values) {
    if (values.dtype() == null || values.count() != 1) {
      return Double.NaN;
    }
    items++;
    switch (values.dtype()) {
      case FLOAT32 -> {
        float value = values.floats()[0];
        different.add(value);
        whole &= value == Math.rint(value);
        return value;
      }
      case INT64 -> {
        different.add(values.longs()[0]);
        return values.longs()[0];
      }
      case STRING -> {
        String text = new String(values.strings().get(0), StandardCharsets.UTF_8);
        different.add(text);
        times += TIME.matcher(text).matches() ? 1 : 0;
        phrases += text.strip().indexOf(' ') < 0 ? 0 : 1;
        return Double.NaN;
      }
    }
    return Double.NaN;
  }

  /** Compares two items by label and by feature. */
  void compare(double ofLabels, double ofValues) {
    if (ofLabels != 0 && !Double.isNaN(ofLabels) && !Double.isNaN(ofValues)) {
      pairs++;
      agreeing += ofValues == 0 ? 0.5 : ofLabels > 0 == ofValues > 0 ? 1 : 0;
    }
  }

  /** Number of different values. */
  int different() {
    return different.size();
  }

  /** Whether all values are whole numbers. */
  boolean isWhole() {
    return whole;
  }

  /** Whether values are whole numbers or words that hardly ever repeat, as those of keys. */
  boolean isKey() {
    return items >= ENOUGH_ITEMS
        && whole
        && 2 * phrases < items
        && different.size() >= ALL_DIFFERENT * items;
  }

  /** Whether it is text that says when. */
  boolean isTime() {
    return items > 0 && times == items;
  }

  /** The share of pairs with other labels that the feature orders as they do; ties are half. */
  double agreement() {
    return pairs < ENOUGH_PAIRS ? 0.5 : agreeing / pairs;
  }
}
