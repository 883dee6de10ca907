package io.rankline.spark.source.read;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.spark.source.schema.SourceFeature;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeWriter;

/** Writes dense features of one query or item as one array of floats, in the order of names. */
final class AssembledWriter {

  private final UnsafeWriter target;
  private final UnsafeArrayWriter array;
  private final boolean ofItems;
  private final int stride;

  /** By element: its column in the dense block. */
  private final int[] columns;

  /** By element: its value at padding, NaN for null. */
  private final float[] padding;

  AssembledWriter(
      List<SourceFeature> features, boolean ofItems, ListLayout layout, UnsafeWriter target) {
    this.target = target;
    this.array = new UnsafeArrayWriter(target, Float.BYTES);
    this.ofItems = ofItems;
    this.stride = ofItems ? layout.exampleWidth() : layout.contextWidth();
    int width = features.stream().mapToInt(SourceFeature::width).sum();
    this.columns = new int[width];
    this.padding = new float[width];
    int at = 0;
    for (SourceFeature feature : features) {
      ValuePlace place = ValuePlace.of(feature, ofItems, layout);
      float[] numbers = place.paddingNumbers();
      for (int i = 0; i < place.width(); i++) {
        columns[at] = place.index() + i;
        padding[at++] = numbers == null ? Float.NaN : numbers[i];
      }
    }
  }

  void write(RankingList list, int row, int at) {
    float[] block = ofItems ? list.examples() : list.context();
    int base = row * stride;
    int start = target.cursor();
    array.initialize(columns.length);
    for (int i = 0; i < columns.length; i++) {
      writeValue(i, block[base + columns[i]]);
    }
    target.setOffsetAndSizeFromPreviousCursor(at, start);
  }

  void writePadding(int at) {
    int start = target.cursor();
    array.initialize(padding.length);
    for (int i = 0; i < padding.length; i++) {
      writeValue(i, padding[i]);
    }
    target.setOffsetAndSizeFromPreviousCursor(at, start);
  }

  private void writeValue(int at, float value) {
    if (Float.isNaN(value)) {
      array.setNull4Bytes(at);
    } else {
      array.write(at, value);
    }
  }
}
