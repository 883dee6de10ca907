package io.rankline.spark.inspect;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What some of the lists say of the features of their items, beyond a profile: how many values are
 * different, and whether they order items as the label does.
 */
final class SampleFacts {

  private final Map<String, FeatureFacts> context = new HashMap<>();
  private final Map<String, FeatureFacts> examples = new HashMap<>();

  private SampleFacts() {}

  /**
   * The facts of these records; damaged ones are passed over.
   *
   * @param label name of the label, or null for none
   */
  static SampleFacts of(List<byte[]> records, RecordFormat format, @Nullable String label) {
    SampleFacts facts = new SampleFacts();
    RecordWalker walker = new RecordWalker(format);
    for (byte[] record : records) {
      ListNumbers list = new ListNumbers(facts);
      try {
        walker.walk(record, 0, record.length, list);
      } catch (CorruptRecordException e) {
        continue; // the profile has counted it
      }
      list.compareWith(label);
    }
    return facts;
  }

  /** Of a feature of the context. */
  FeatureFacts context(String name) {
    return context.getOrDefault(name, new FeatureFacts());
  }

  /** Of a feature of items. */
  FeatureFacts example(String name) {
    return examples.getOrDefault(name, new FeatureFacts());
  }

  /** The numbers of one list, by feature and item. */
  private static final class ListNumbers implements RecordWalker.Visitor {
    private final SampleFacts facts;
    private final Map<String, double[]> numbers = new HashMap<>();
    private int size;

    ListNumbers(SampleFacts facts) {
      this.facts = facts;
    }

    @Override
    public void startList(int items) {
      size = items;
    }

    @Override
    public void feature(int item, String name, FeatureValues values) {
      boolean ofContext = item == RecordWalker.CONTEXT;
      FeatureFacts own =
          (ofContext ? facts.context : facts.examples)
              .computeIfAbsent(name, missing -> new FeatureFacts());
      double number = own.add(values);
      if (!ofContext && !Double.isNaN(number)) {
        numbers.computeIfAbsent(name, missing -> filled(size))[item] = number;
      }
    }

    private static double[] filled(int size) {
      double[] none = new double[size];
      Arrays.fill(none, Double.NaN);
      return none;
    }

    /** Looks at neighbours, and at items half a list apart: pairs enough, and not all of them. */
    void compareWith(@Nullable String label) {
      double[] labels = label == null ? null : numbers.get(label);
      if (labels == null || size < 2) {
        return;
      }
      List<int[]> pairs = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        pairs.add(new int[] {i, (i + 1) % size});
        pairs.add(new int[] {i, (i + size / 2) % size});
      }
      numbers.forEach(
          (name, values) -> {
            FeatureFacts own = facts.example(name);
            for (int[] pair : pairs) {
              own.compare(labels[pair[0]] - labels[pair[1]], values[pair[0]] - values[pair[1]]);
            }
          });
    }
  }
}
