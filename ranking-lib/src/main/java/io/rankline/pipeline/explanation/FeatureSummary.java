package io.rankline.pipeline.explanation;

import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The values of a feature in some lists, as they are read.
 *
 * @param feature its name
 * @param side "item" or "query"
 * @param values mean number of values of an item, or of a query
 * @param atDefault share of items, or queries, that hold the feature's default or no value
 * @param range of its numbers; empty for text, and where there is no number
 */
public record FeatureSummary(
    String feature, String side, double values, double atDefault, Optional<Range> range) {

  /**
   * The range of numbers.
   *
   * @param least smallest
   * @param low a twentieth of the numbers lies below
   * @param median half of them lies below
   * @param high a twentieth of them lies above
   * @param most largest
   */
  public record Range(double least, double low, double median, double high, double most) {}

  /**
   * Summaries of all features, those of items first.
   *
   * @param lists at least one, all of one layout, each with items
   */
  public static List<FeatureSummary> of(List<RankingList> lists) {
    return FeaturePlace.of(lists.get(0).layout()).parallelStream()
        .map(place -> of(place, lists))
        .toList();
  }

  private static FeatureSummary of(FeaturePlace place, List<RankingList> lists) {
    ValueColumn padding = place.padding(lists.get(0).layout());
    long rows = 0;
    long defaults = 0;
    long values = 0;
    DoubleStream.Builder numbers = DoubleStream.builder();
    for (RankingList list : lists) {
      ValueColumn column = place.column(list);
      rows += column.rows();
      values += column.end(column.rows() - 1);
      for (int row = 0; row < column.rows(); row++) {
        defaults += column.count(row) == 0 || FeaturePlace.sameRow(column, row, padding) ? 1 : 0;
        for (int v = column.start(row); v < column.end(row); v++) {
          double number = number(column, v);
          if (Double.isFinite(number)) {
            numbers.add(number);
          }
        }
      }
    }
    double[] sorted = numbers.build().sorted().toArray();
    return new FeatureSummary(
        place.name(),
        place.side().isOfItems() ? "item" : "query",
        rows == 0 ? 0 : (double) values / rows,
        rows == 0 ? 0 : (double) defaults / rows,
        sorted.length == 0 ? Optional.empty() : Optional.of(range(sorted)));
  }

  private static Range range(double[] sorted) {
    int last = sorted.length - 1;
    return new Range(
        sorted[0],
        sorted[(int) Math.round(0.05 * last)],
        sorted[(int) Math.round(0.5 * last)],
        sorted[(int) Math.round(0.95 * last)],
        sorted[last]);
  }

  /** Value {@code v} of a column; NaN if it is text. */
  private static double number(ValueColumn column, int v) {
    if (column instanceof LongColumn longs) {
      return (double) longs.values()[v];
    }
    return column instanceof FloatColumn floats ? floats.values()[v] : Double.NaN;
  }
}
