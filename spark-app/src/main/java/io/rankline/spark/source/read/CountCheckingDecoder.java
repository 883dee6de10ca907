package io.rankline.spark.source.read;

import io.rankline.data.ColumnLayout;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.record.RecordDecoder;
import io.rankline.spark.source.schema.RecordFeatures;
import io.rankline.spark.source.schema.SourceColumn;
import io.rankline.spark.source.schema.SourceFeature;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Refuses features of a fixed number of values that hold another number, where the decoder beneath
 * was made to take any so that a missing feature can be seen.
 */
final class CountCheckingDecoder implements RecordDecoder {

  private final RecordDecoder decoder;
  private final Map<String, Integer> contextWidths;
  private final Map<String, Integer> exampleWidths;

  private CountCheckingDecoder(RecordDecoder decoder, Collection<SourceColumn> columns) {
    this.decoder = decoder;
    this.contextWidths = widths(columns, false);
    this.exampleWidths = widths(columns, true);
  }

  /** The decoder itself where it checks all there is to check. */
  static RecordDecoder around(RecordDecoder decoder, Collection<SourceColumn> columns) {
    CountCheckingDecoder checking = new CountCheckingDecoder(decoder, columns);
    return checking.contextWidths.isEmpty() && checking.exampleWidths.isEmpty()
        ? decoder
        : checking;
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    RankingList list = decoder.decode(bytes, from, length);
    check(list.layout().contextColumns(), list.contextColumns(), contextWidths, false);
    check(list.layout().exampleColumns(), list.exampleColumns(), exampleWidths, true);
    return list;
  }

  private static void check(
      List<ColumnLayout> layouts,
      List<ValueColumn> columns,
      Map<String, Integer> widths,
      boolean items)
      throws CorruptRecordException {
    if (widths.isEmpty()) {
      return;
    }
    for (int c = 0; c < columns.size(); c++) {
      Integer width = widths.get(layouts.get(c).name());
      if (width == null) {
        continue;
      }
      ValueColumn column = columns.get(c);
      for (int row = 0; row < column.rows(); row++) {
        int count = column.count(row);
        if (count != 0 && count != width) {
          throw new CorruptRecordException(
              "feature '%s' of %s has %s values, but the spec asks for %s"
                  .formatted(
                      layouts.get(c).name(), items ? "item " + row : "the context", count, width));
        }
      }
    }
  }

  private static Map<String, Integer> widths(Collection<SourceColumn> columns, boolean ofItems) {
    return RecordFeatures.unchecked(columns, ofItems)
        .collect(Collectors.toMap(SourceFeature::name, SourceFeature::width));
  }
}
