package io.rankline.feature;

import io.rankline.data.BytesColumn;
import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.data.WeightLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is read from every record of a data set.
 *
 * <p>A name may stand in the context and in the examples, but only once among the examples, labels
 * and per-item weight, and once among the context and the per-list weight.
 *
 * @param context context features by name
 * @param examples example features by name
 * @param labels label columns, T of them, in the order of tasks; empty for data to be scored
 * @param weight where weights come from, or null for none
 */
public record RecordSpec(
    SortedMap<String, FeatureSpec> context,
    SortedMap<String, FeatureSpec> examples,
    List<LabelSpec> labels,
    @Nullable WeightSpec weight)
    implements Serializable {

  public RecordSpec {
    context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
    examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
    labels = List.copyOf(labels);
    List<String> taken = new ArrayList<>(examples.keySet());
    for (LabelSpec label : labels) {
      claim(taken, label.name(), "an example feature or label");
    }
    if (weight != null && weight.scope() == WeightLayout.PER_ITEM) {
      claim(taken, weight.name(), "an example feature or label");
    }
    if (weight != null && weight.scope() == WeightLayout.PER_LIST) {
      claim(new ArrayList<>(context.keySet()), weight.name(), "a context feature");
    }
  }

  /** Features only: data to be scored. */
  public static RecordSpec of(
      Map<String, ? extends FeatureSpec> context, Map<String, ? extends FeatureSpec> examples) {
    return new RecordSpec(new TreeMap<>(context), new TreeMap<>(examples), List.of(), null);
  }

  /** The same features with these labels. */
  public RecordSpec withLabels(LabelSpec... newLabels) {
    return new RecordSpec(context, examples, List.of(newLabels), weight);
  }

  /** The same features with weights. */
  public RecordSpec withWeight(WeightSpec newWeight) {
    return new RecordSpec(context, examples, labels, newWeight);
  }

  /** Labels and weight as plain features among the others: what a DataFrame shows. */
  public RecordSpec labelsAsFeatures() {
    SortedMap<String, FeatureSpec> newContext = new TreeMap<>(context);
    SortedMap<String, FeatureSpec> newExamples = new TreeMap<>(examples);
    labels.forEach(label -> newExamples.put(label.name(), label.feature()));
    if (weight != null) {
      (weight.scope() == WeightLayout.PER_ITEM ? newExamples : newContext)
          .put(weight.name(), weight.feature());
    }
    return new RecordSpec(newContext, newExamples, List.of(), null);
  }

  /**
   * Which column of a list holds what: fixed-length floats in the dense blocks, sorted by name, and
   * every other feature in a column of its own.
   */
  public ListLayout layout() {
    return new ListLayout(
        dense(context),
        dense(examples),
        columns(context),
        columns(examples),
        labels.stream().map(LabelSpec::name).toList(),
        weight == null ? WeightLayout.NONE : weight.scope());
  }

  /** Whether values of this feature are kept in the dense block of a list. */
  public static boolean isDense(FeatureSpec feature) {
    return feature instanceof FixedLenFeature && feature.dtype() == DType.FLOAT32;
  }

  static void requireOneNumber(String role, String name, FixedLenFeature feature) {
    if (feature.width() != 1 || feature.dtype() == DType.STRING) {
      throw new IllegalArgumentException(
          "%s '%s' must be one value of float32 or int64, got shape %s of %s"
              .formatted(role, name, feature.shape(), feature.dtype().wireName()));
    }
  }

  private static void claim(List<String> taken, String name, String role) {
    if (taken.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is named twice; it already is %s".formatted(name, role));
    }
    taken.add(name);
  }

  private static List<DenseColumns> dense(SortedMap<String, FeatureSpec> features) {
    List<DenseColumns> result = new ArrayList<>();
    int offset = 0;
    for (Map.Entry<String, FeatureSpec> entry : features.entrySet()) {
      if (entry.getValue() instanceof FixedLenFeature fixed && isDense(fixed)) {
        List<Float> padding =
            fixed.hasDefault()
                ? fixed.defaultValues().stream().map(Float.class::cast).toList()
                : Collections.nCopies(fixed.width(), 0f);
        result.add(new DenseColumns(entry.getKey(), offset, fixed.width(), padding));
        offset = Math.addExact(offset, fixed.width());
      }
    }
    return result;
  }

  private static List<ColumnLayout> columns(SortedMap<String, FeatureSpec> features) {
    List<ColumnLayout> result = new ArrayList<>();
    features.forEach(
        (name, feature) -> {
          if (!isDense(feature)) {
            result.add(new ColumnLayout(name, paddingOf(feature)));
          }
        });
    return result;
  }

  /**
   * One row: the default of a fixed-length feature (zeros or empty text without one), or nothing.
   */
  private static ValueColumn paddingOf(FeatureSpec feature) {
    List<?> defaults = feature instanceof FixedLenFeature fixed ? fixed.defaultValues() : List.of();
    int width = feature instanceof FixedLenFeature fixed ? fixed.width() : 0;
    boolean given = !defaults.isEmpty();
    int[] oneRow = {0, width};
    return switch (feature.dtype()) {
      case FLOAT32 -> new FloatColumn(new float[0], new int[] {0, 0});
      case INT64 -> {
        long[] values = new long[width];
        for (int i = 0; given && i < width; i++) {
          values[i] = (Long) defaults.get(i);
        }
        yield new LongColumn(values, oneRow);
      }
      case STRING ->
          BytesColumn.ofRow(
              given
                  ? defaults.stream().map(String.class::cast).toList()
                  : Collections.nCopies(width, ""));
    };
  }
}
