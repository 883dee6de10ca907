package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordWalker;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which features there are, of which type, and how many values they hold at most. */
final class FeatureCensus implements RecordWalker.Visitor, Serializable {

  private static final long serialVersionUID = 1;

  /**
   * One feature.
   *
   * @param dtype its type, or null where that differs
   * @param most largest number of values
   */
  record Entry(@Nullable DType dtype, int most) implements Serializable {
    Entry plus(Entry other) {
      return new Entry(dtype == other.dtype ? dtype : null, Math.max(most, other.most));
    }
  }

  private final Map<String, Entry> context = new HashMap<>();
  private final Map<String, Entry> examples = new HashMap<>();

  FeatureCensus plus(FeatureCensus other) {
    other.context.forEach((name, entry) -> context.merge(name, entry, Entry::plus));
    other.examples.forEach((name, entry) -> examples.merge(name, entry, Entry::plus));
    return this;
  }

  boolean isEmpty() {
    return context.isEmpty() && examples.isEmpty();
  }

  Map<String, Entry> context() {
    return context;
  }

  Map<String, Entry> examples() {
    return examples;
  }

  @Override
  public void startList(int items) {}

  @Override
  public void feature(int item, String name, FeatureValues values) {
    DType dtype = values.dtype();
    if (dtype == null) {
      return;
    }
    Map<String, Entry> scope = item == RecordWalker.CONTEXT ? context : examples;
    Entry known = scope.get(name);
    if (known == null || known.dtype() != dtype || known.most() < values.count()) {
      scope.merge(name, new Entry(dtype, values.count()), Entry::plus);
    }
  }
}
