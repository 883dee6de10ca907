package io.rankline.pipeline.explanation;

import io.rankline.metric.significance.ConfidenceInterval;
import org.jspecify.annotations.Nullable;

/**
 * What a model loses without one feature.
 *
 * @param feature its name; a feature of several values an item counts as one
 * @param permuted where its values were permuted
 * @param lost how much worse the metric became, in units of the metric; below 0 where it became
 *     better; NaN where there was nothing to permute it with
 * @param interval where the true loss lies; null where none was asked for
 */
public record FeatureImportance(
    String feature, Permuted permuted, double lost, @Nullable ConfidenceInterval interval) {

  /** Where values of a feature are permuted. */
  public enum Permuted {
    /** Among the items of each list: features that differ between items. */
    ITEMS("items of a list"),
    /**
     * Among lists, all items of a list alike: features of the query, and those of items that are
     * the same at all items of each list.
     */
    LISTS("lists");

    private final String words;

    Permuted(String words) {
      this.words = words;
    }

    /** As a person reads it: "items of a list". */
    public String words() {
      return words;
    }
  }

  /** Whether the interval lies above 0; false where there is none. */
  public boolean isClear() {
    return interval != null && interval.low() > 0;
  }
}
