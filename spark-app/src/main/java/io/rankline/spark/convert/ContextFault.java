package io.rankline.spark.convert;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says which feature of two contexts of one query differs. */
final class ContextFault {

  private ContextFault() {}

  /**
   * The fault of an item.
   *
   * @param first serialized Example of the first item's context
   * @param other that of an item of the same query, which differs
   */
  static CorruptRecordException of(byte[] first, byte[] other) throws CorruptRecordException {
    SortedMap<String, String> held = features(first);
    SortedMap<String, String> found = features(other);
    TreeSet<String> names = new TreeSet<>(held.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      if (!Objects.equals(held.get(name), found.get(name))) {
        return new CorruptRecordException(
            "'%s' is of the context, but differs among the items of the query: %s and %s"
                .formatted(name, held.get(name), found.get(name)));
      }
    }
    return new CorruptRecordException("the context of an item differs from that of the first");
  }

  private static SortedMap<String, String> features(byte[] example) throws CorruptRecordException {
    SortedMap<String, String> features = new TreeMap<>();
    new RecordWalker(RecordFormat.TF_EXAMPLE)
        .walk(
            example,
            0,
            example.length,
            new RecordWalker.Visitor() {
              @Override
              public void startList(int items) {}

              @Override
              public void feature(int item, String name, FeatureValues values) {
                features.put(name, text(values));
              }
            });
    return features;
  }

  private static String text(FeatureValues values) {
    if (values.dtype() == null) {
      return "nothing";
    }
    return switch (values.dtype()) {
      case FLOAT32 -> Arrays.toString(Arrays.copyOf(values.floats(), values.count()));
      case INT64 -> Arrays.toString(Arrays.copyOf(values.longs(), values.count()));
      case STRING ->
          values.strings().stream()
              .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
              .toList()
              .toString();
    };
  }
}
