package io.rankline.spark.source.read;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.FixedLenFeature;
import io.rankline.spark.source.schema.SourceFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where lists of one layout keep a feature, and what it holds at padding.
 *
 * @param ofItems whether it is a feature of items
 * @param isDense whether its values lie in the dense block, or in a column
 * @param index first column in the dense block, or number of the column
 * @param width number of columns in the dense block
 * @param stride columns of the whole dense block
 * @param paddingNumbers what a dense feature holds at padding, or null for nothing
 * @param paddingColumn what a column holds at padding, or null for nothing
 */
record ValuePlace(
    boolean ofItems,
    boolean isDense,
    int index,
    int width,
    int stride,
    float @Nullable [] paddingNumbers,
    @Nullable ValueColumn paddingColumn) {

  static ValuePlace of(SourceFeature feature, boolean ofItems, ListLayout layout) {
    if (feature.isDense()) {
      List<DenseColumns> blocks = ofItems ? layout.exampleDense() : layout.contextDense();
      DenseColumns block =
          blocks.stream().filter(b -> b.name().equals(feature.name())).findFirst().orElseThrow();
      return new ValuePlace(
          ofItems,
          true,
          block.offset(),
          block.width(),
          ofItems ? layout.exampleWidth() : layout.contextWidth(),
          hasPadding(feature) ? numbers(block.padding()) : null,
          null);
    }
    List<ColumnLayout> columns = ofItems ? layout.exampleColumns() : layout.contextColumns();
    int index = 0;
    while (!columns.get(index).name().equals(feature.name())) {
      index++;
    }
    return new ValuePlace(
        ofItems,
        false,
        index,
        0,
        0,
        null,
        hasPadding(feature) ? columns.get(index).padding() : null);
  }

  float[] block(RankingList list) {
    return ofItems ? list.examples() : list.context();
  }

  ValueColumn column(RankingList list) {
    return (ofItems ? list.exampleColumns() : list.contextColumns()).get(index);
  }

  /** A fixed-length feature pads with its default; any other with no values. */
  private static boolean hasPadding(SourceFeature feature) {
    return !(feature.spec() instanceof FixedLenFeature fixed) || fixed.hasDefault();
  }

  private static float[] numbers(List<Float> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return numbers;
  }
}
