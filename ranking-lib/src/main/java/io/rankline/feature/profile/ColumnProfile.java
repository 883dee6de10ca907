package io.rankline.feature.profile;

import io.rankline.text.Option;
import java.io.Serializable;
import java.util.List;

/**
 * What one feature looks like. Texts are not kept: they may be what somebody has typed.
 *
 * @param rows how many lists or items were seen
 * @param missing share of the values of a fixed-length feature that are missing, NaN
 * @param counts of values in a row, from the least to the most in even steps of rows
 * @param numbers that are not missing, from the least to the largest in even steps of values; none
 *     for texts
 */
public record ColumnProfile(
    @Option(meaning = "how many lists or items were seen") long rows,
    @Option(fallback = "0", meaning = "share of values that are missing") double missing,
    @Option(meaning = "quantiles of the number of values in a row") List<Integer> counts,
    @Option(fallback = "[]", meaning = "quantiles of the numbers") List<Float> numbers)
    implements Serializable {

  public ColumnProfile {
    counts = List.copyOf(counts);
    numbers = List.copyOf(numbers);
  }
}
