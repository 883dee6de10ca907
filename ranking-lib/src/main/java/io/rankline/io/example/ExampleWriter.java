package io.rankline.io.example;

import io.rankline.io.record.ElwcEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes Example messages straight in wire format, feature after feature: what protobuf-java writes
 * for the same features, without a message object. For rows whose features differ from item to
 * item, where no spec says beforehand what there is; {@link ElwcEncoder} writes lists of a spec.
 *
 * <p>Not for several threads at once. One writer serves any number of Examples, see {@link #clear}.
 */
public final class ExampleWriter {

  private static final int BYTES_LIST = 1;
  private static final int FLOAT_LIST = 2;
  private static final int INT64_LIST = 3;

  private final WireOutput features = new WireOutput();
  private final Map<String, byte[]> names = new HashMap<>();

  /** Starts a new Example. */
  public void clear() {
    features.clear();
  }

  /** Whether the Example has no feature. */
  public boolean isEmpty() {
    return features.size() == 0;
  }

  /** Adds a feature of floats: {@code values[from, from + count)}. */
  public void floats(String name, float[] values, int from, int count) {
    int packed = count * Float.BYTES;
    startFeature(name, FLOAT_LIST, count == 0 ? 0 : WireOutput.sizeOfField(packed));
    if (count > 0) {
      features.header(1, packed);
      features.floats(values, from, count);
    }
  }

  /** Adds a feature of integers: {@code values[from, from + count)}. */
  public void longs(String name, long[] values, int from, int count) {
    int packed = 0;
    for (int i = from; i < from + count; i++) {
      packed += WireOutput.sizeOfVarint(values[i]);
    }
    startFeature(name, INT64_LIST, count == 0 ? 0 : WireOutput.sizeOfField(packed));
    if (count > 0) {
      features.header(1, packed);
      for (int i = from; i < from + count; i++) {
        features.varint(values[i]);
      }
    }
  }

  /** Adds a feature of byte strings. */
  public void strings(String name, List<byte[]> values) {
    int length = 0;
    for (byte[] value : values) {
      length += WireOutput.sizeOfField(value.length);
    }
    startFeature(name, BYTES_LIST, length);
    for (byte[] value : values) {
      features.header(1, value.length);
      features.bytes(value, 0, value.length);
    }
  }

  /** Adds a feature that was read from another record; one without kind is left out. */
  public void copy(String name, FeatureValues values) {
    if (values.dtype() == null) {
      return;
    }
    switch (values.dtype()) {
      case FLOAT32 -> floats(name, values.floats(), 0, values.count());
      case INT64 -> longs(name, values.longs(), 0, values.count());
      case STRING -> strings(name, values.strings());
    }
  }

  /** Adds every feature of another Example. */
  public void addAll(ExampleWriter other) {
    features.bytes(other.features);
  }

  /** The Example. */
  public byte[] toByteArray() {
    WireOutput example = new WireOutput();
    writeTo(example);
    return example.toByteArray();
  }

  public int encodedSize() {
    return WireOutput.sizeOfField(features.size());
  }

  public void writeTo(WireOutput out) {
    out.header(1, features.size());
    out.bytes(features);
  }

  /** Opens a map entry up to the content of its FloatList, Int64List or BytesList. */
  private void startFeature(String name, int kind, int listLength) {
    byte[] key = names.computeIfAbsent(name, text -> text.getBytes(StandardCharsets.UTF_8));
    int featureLength = WireOutput.sizeOfField(listLength);
    features.header(1, WireOutput.sizeOfField(key.length) + WireOutput.sizeOfField(featureLength));
    features.header(1, key.length);
    features.bytes(key, 0, key.length);
    features.header(2, featureLength);
    features.header(kind, listLength);
  }
}
