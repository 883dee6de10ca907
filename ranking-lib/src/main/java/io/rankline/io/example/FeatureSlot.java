package io.rankline.io.example;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.ValueColumn;
import io.rankline.data.WeightLayout;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One feature that is asked for, and where its values go.
 *
 * @param name feature name
 * @param dtype type of its values
 * @param width number of values, or -1 for any
 * @param target which array takes them
 * @param index first column in the dense block, number of the column, or number of the task
 * @param defaultNumbers what a dense feature, label or weight holds where it is missing; null for
 *     an error
 * @param defaultRow what a column holds where the feature is missing; null for an error
 */
public record FeatureSlot(
    String name,
    DType dtype,
    int width,
    Target target,
    int index,
    float @Nullable [] defaultNumbers,
    @Nullable ValueColumn defaultRow) {

  public static final int ANY_WIDTH = -1;

  /** The arrays of a list. */
  enum Target {
    DENSE,
    LABEL,
    WEIGHT,
    COLUMN
  }

  public static List<FeatureSlot> ofContext(RecordSpec spec, ListLayout layout) {
    List<FeatureSlot> slots =
        ofFeatures(spec.context(), layout.contextDense(), layout.contextColumns());
    addWeight(slots, spec.weight(), WeightLayout.PER_LIST);
    return slots;
  }

  public static List<FeatureSlot> ofExamples(RecordSpec spec, ListLayout layout) {
    List<FeatureSlot> slots =
        ofFeatures(spec.examples(), layout.exampleDense(), layout.exampleColumns());
    List<LabelSpec> labels = spec.labels();
    for (int t = 0; t < labels.size(); t++) {
      slots.add(ofNumber(labels.get(t).name(), labels.get(t).feature(), Target.LABEL, t));
    }
    addWeight(slots, spec.weight(), WeightLayout.PER_ITEM);
    return slots;
  }

  private static void addWeight(
      List<FeatureSlot> slots, @Nullable WeightSpec weight, WeightLayout scope) {
    if (weight != null && weight.scope() == scope) {
      slots.add(ofNumber(weight.name(), weight.feature(), Target.WEIGHT, 0));
    }
  }

  private static List<FeatureSlot> ofFeatures(
      SortedMap<String, FeatureSpec> features,
      List<DenseColumns> dense,
      List<ColumnLayout> columns) {
    List<FeatureSlot> slots = new ArrayList<>();
    for (DenseColumns block : dense) {
      FixedLenFeature feature = (FixedLenFeature) get(features, block.name());
      slots.add(
          new FeatureSlot(
              block.name(),
              DType.FLOAT32,
              block.width(),
              Target.DENSE,
              block.offset(),
              numbers(feature),
              null));
    }
    for (int c = 0; c < columns.size(); c++) {
      String name = columns.get(c).name();
      FeatureSpec feature = get(features, name);
      boolean required = feature instanceof FixedLenFeature fixed && !fixed.hasDefault();
      slots.add(
          new FeatureSlot(
              name,
              feature.dtype(),
              feature instanceof FixedLenFeature fixed ? fixed.width() : ANY_WIDTH,
              Target.COLUMN,
              c,
              null,
              required ? null : columns.get(c).padding()));
    }
    return slots;
  }

  private static FeatureSlot ofNumber(
      String name, FixedLenFeature feature, Target target, int index) {
    return new FeatureSlot(name, feature.dtype(), 1, target, index, numbers(feature), null);
  }

  private static float @Nullable [] numbers(FixedLenFeature feature) {
    if (!feature.hasDefault()) {
      return null;
    }
    float[] numbers = new float[feature.width()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ((Number) feature.defaultValues().get(i)).floatValue();
    }
    return numbers;
  }

  private static FeatureSpec get(SortedMap<String, FeatureSpec> features, String name) {
    FeatureSpec feature = features.get(name);
    if (feature == null) {
      throw new IllegalStateException("layout has '%s' but the spec has not".formatted(name));
    }
    return feature;
  }
}
