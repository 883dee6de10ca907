package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;

import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Records of few features with all kinds of gaps: queries without items, items without features,
 * features that most items lack, text that is empty or not ASCII, the extremes of numbers.
 */
final class RandomRecords {

  private static final float[] FLOATS = {
    0, -0f, 1.5f, -3, Float.MAX_VALUE, Float.MIN_VALUE, Float.NEGATIVE_INFINITY
  };
  private static final long[] INTS = {0, -1, 1, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final String[] TEXTS = {"", "a", "shoes", "größe", "日本"};

  private final SplittableRandom random;
  private int queries;

  RandomRecords(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** That many records, each with a query of its own; the first has every feature. */
  List<ExampleListWithContext> next(int count) {
    List<ExampleListWithContext> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(next());
    }
    return records;
  }

  private ExampleListWithContext next() {
    boolean whole = queries == 0;
    Example[] items = new Example[whole ? 3 : random.nextInt(20) * random.nextInt(2)];
    for (int i = 0; i < items.length; i++) {
      items[i] =
          whole && i == 0 ? item(1) : whole && i == 1 ? example() : item(random.nextDouble());
    }
    List<Object> context = new ArrayList<>(List.of("query", texts("query " + queries++)));
    add(context, whole ? 1 : 0.5, "context_float_1", floats(FLOATS[random.nextInt(FLOATS.length)]));
    add(context, whole ? 1 : 0.5, "context_float_2", floats(random.nextInt(100)));
    add(context, whole ? 1 : 0.5, "context_texts", texts("a", "", "b"));
    return elwc(example(context.toArray()), items);
  }

  private Example item(double density) {
    List<Object> features = new ArrayList<>();
    add(features, density, "float_1", floats(FLOATS[random.nextInt(FLOATS.length)]));
    add(features, density, "float_2", floats(random.nextInt(1000) / 8f));
    add(features, density, "float_3", floats(random.nextInt(1000) / 8f));
    add(features, density, "int", ints(INTS[random.nextInt(INTS.length)]));
    add(features, density, "text", texts(TEXTS[random.nextInt(TEXTS.length)]));
    add(features, density, "some_floats", floats(1, 2, FLOATS[random.nextInt(FLOATS.length)]));
    add(features, density, "some_ints", density == 1 ? ints(1, 2) : ints(7));
    add(features, density, "some_texts", density == 1 ? texts("x", "", "y") : texts(""));
    return example(features.toArray());
  }

  private void add(List<Object> features, double density, String name, Feature feature) {
    if (density == 1 || random.nextDouble() < density) {
      features.add(name);
      features.add(feature);
    }
  }
}
