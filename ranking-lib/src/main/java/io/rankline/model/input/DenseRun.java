package io.rankline.model.input;

import io.rankline.data.ListLayout;
import io.rankline.data.ValueColumn;
import io.rankline.feature.transform.NumberColumns;
import io.rankline.feature.transform.TransformChain;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring features that are encoded as one: side by side before and after, with the same
 * transforms, which treat columns alike.
 *
 * @param features in the order of their columns, at least one
 * @param source where their values stand
 */
record DenseRun(List<EncodedFeature> features, NumberColumns source) {

  static List<DenseRun> ofContext(List<EncodedFeature> features, ListLayout raw) {
    return runs(
        features,
        features.stream()
            .map(one -> NumberColumns.ofContext(raw, one.name(), one.inputWidth()))
            .toList());
  }

  static List<DenseRun> ofExamples(List<EncodedFeature> features, ListLayout raw) {
    return runs(
        features,
        features.stream()
            .map(one -> NumberColumns.ofExamples(raw, one.name(), one.inputWidth()))
            .toList());
  }

  /**
   * Encodes rows.
   *
   * @param rows which rows of the dense block and of the columns
   * @param starts where the rows of each list start, and the end of the last
   * @param encoded receives the result in the same rows, [slots, stride]
   */
  void encode(
      float[] dense,
      List<ValueColumn> columns,
      int[] rows,
      int[] starts,
      float[] encoded,
      int stride) {
    TransformChain chain = features.get(0).chain();
    int inputWidth = source.width();
    float[] values = source.read(dense, columns, rows);
    float defaultValue = features.get(0).defaultValue();
    if (!Float.isNaN(defaultValue)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.isNaN(values[i]) ? defaultValue : values[i];
      }
    }
    float[] result;
    try {
      result = chain.apply(values, starts, inputWidth);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("feature %s: %s".formatted(names(), e.getMessage()), e);
    }
    int width = rows.length == 0 ? 0 : result.length / rows.length;
    float finite = 0;
    for (float value : result) {
      finite += value * 0;
    }
    if (finite != 0) {
      throw notFinite(values, result, width, rows);
    }
    int first = features.get(0).columns().first();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(result, i * width, encoded, rows[i] * stride + first, width);
    }
  }

  private IllegalArgumentException notFinite(
      float[] values, float[] result, int width, int[] rows) {
    int at = 0;
    while (Float.isFinite(result[at])) {
      at++;
    }
    int row = at / width;
    int column = at % width + features.get(0).columns().first();
    EncodedFeature feature = features.get(0);
    int firstInput = row * source.width();
    for (EncodedFeature candidate : features) {
      if (candidate.columns().first() <= column) {
        feature = candidate;
      }
    }
    for (EncodedFeature before : features.subList(0, features.indexOf(feature))) {
      firstInput += before.inputWidth();
    }
    boolean missing = false;
    for (int i = 0; i < feature.inputWidth(); i++) {
      missing |= Float.isNaN(values[firstInput + i]);
    }
    return new IllegalArgumentException(
        missing
            ? "feature '%s' is missing (NaN) in row %s; give it a default value"
                .formatted(feature.name(), rows[row])
            : "feature '%s' must be finite for the model, got %s in row %s"
                .formatted(feature.name(), result[at], rows[row]));
  }

  private String names() {
    String first = "'" + features.get(0).name() + "'";
    return features.size() == 1
        ? first
        : first + " to '" + features.get(features.size() - 1).name() + "'";
  }

  private static List<DenseRun> runs(List<EncodedFeature> features, List<NumberColumns> sources) {
    List<DenseRun> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= features.size(); i++) {
      if (i == features.size() || !joins(features, sources, i)) {
        NumberColumns first = sources.get(from);
        int width = 0;
        for (NumberColumns source : sources.subList(from, i)) {
          width += source.width();
        }
        runs.add(
            new DenseRun(
                features.subList(from, i),
                new NumberColumns(
                    first.name(), width, first.offset(), first.stride(), first.column())));
        from = i;
      }
    }
    return runs;
  }

  private static boolean joins(List<EncodedFeature> features, List<NumberColumns> sources, int i) {
    EncodedFeature left = features.get(i - 1);
    EncodedFeature right = features.get(i);
    NumberColumns before = sources.get(i - 1);
    NumberColumns after = sources.get(i);
    return before.offset() >= 0
        && after.offset() == before.offset() + before.width()
        && left.chain().isColumnwise()
        && left.chain().equals(right.chain())
        && Float.compare(left.defaultValue(), right.defaultValue()) == 0;
  }
}
