package io.rankline.io.example;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one Feature message into scratch arrays: packed or not, in one piece or
 * several, whatever unknown fields stand between them. Merges as protobuf does: pieces of one kind
 * are joined, and another kind replaces them.
 */
public final class FeatureValues {

  private static final int BYTES_LIST = 1;
  private static final int FLOAT_LIST = 2;
  private static final int INT64_LIST = 3;

  private final WireInput in;
  private int kind;
  private int count;
  private float[] floats = new float[16];
  private long[] longs = new long[16];
  private int[] starts = new int[16];
  private int[] ends = new int[16];

  public FeatureValues(WireInput in) {
    this.in = in;
  }

  public void clear() {
    kind = 0;
    count = 0;
  }

  /** The type of the values, or null where the record says none. */
  public @Nullable DType dtype() {
    return switch (kind) {
      case BYTES_LIST -> DType.STRING;
      case FLOAT_LIST -> DType.FLOAT32;
      case INT64_LIST -> DType.INT64;
      default -> null;
    };
  }

  /** Number of values. */
  public int count() {
    return count;
  }

  /** The values of a {@link DType#FLOAT32} feature, first in an array that may be longer. */
  public float[] floats() {
    return floats;
  }

  /** The values of an {@link DType#INT64} feature, first in an array that may be longer. */
  public long[] longs() {
    return longs;
  }

  /** Copies of the values of a {@link DType#STRING} feature. */
  public List<byte[]> strings() {
    List<byte[]> strings = new ArrayList<>();
    for (int v = 0; v < count && kind == BYTES_LIST; v++) {
      strings.add(Arrays.copyOfRange(in.bytes(), starts[v], ends[v]));
    }
    return strings;
  }

  /** Starts of strings in the bytes of the input. */
  int[] starts() {
    return starts;
  }

  /** Ends of strings in the bytes of the input. */
  int[] ends() {
    return ends;
  }

  /** Adds the Feature message that stands in the input's bytes [from, to). */
  public void merge(int from, int to) throws CorruptRecordException {
    in.seek(from);
    while (in.position() < to) {
      int tag = in.tag(to);
      int field = tag >>> 3;
      if (field < BYTES_LIST || field > INT64_LIST) {
        in.skip(tag, to);
        continue;
      }
      if ((tag & 7) != WireInput.LENGTH_DELIMITED) {
        throw in.wrongWireType(
            "field %s of Feature".formatted(field), tag, WireInput.LENGTH_DELIMITED);
      }
      if (field != kind) {
        kind = field;
        count = 0;
      }
      int listEnd = in.lengthDelimited(to);
      switch (field) {
        case BYTES_LIST -> mergeBytes(listEnd);
        case FLOAT_LIST -> mergeFloats(listEnd);
        default -> mergeInts(listEnd);
      }
    }
  }

  private void mergeFloats(int to) throws CorruptRecordException {
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag >>> 3 != 1) {
        in.skip(tag, to);
        continue;
      }
      int at;
      int length;
      switch (tag & 7) {
        case WireInput.LENGTH_DELIMITED -> {
          int end = in.lengthDelimited(to);
          at = in.position();
          length = end - at;
          if (length % Float.BYTES != 0) {
            throw in.fault(
                "packed floats take %s bytes, not a multiple of 4".formatted(length), at);
          }
          in.seek(end);
        }
        case WireInput.FIXED32 -> {
          at = in.position();
          length = Float.BYTES;
          in.skip(tag, to);
        }
        default -> throw in.wrongWireType("value of FloatList", tag, WireInput.LENGTH_DELIMITED);
      }
      int values = length / Float.BYTES;
      if (count + values > floats.length) {
        floats = Arrays.copyOf(floats, grown(floats.length, count + values));
      }
      for (int i = 0; i < values; i++) {
        floats[count++] = in.floatAt(at + i * Float.BYTES);
      }
    }
  }

  private void mergeInts(int to) throws CorruptRecordException {
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag >>> 3 != 1) {
        in.skip(tag, to);
        continue;
      }
      switch (tag & 7) {
        case WireInput.LENGTH_DELIMITED -> {
          int end = in.lengthDelimited(to);
          while (in.position() < end) {
            addLong(in.varint(end));
          }
        }
        case WireInput.VARINT -> addLong(in.varint(to));
        default -> throw in.wrongWireType("value of Int64List", tag, WireInput.LENGTH_DELIMITED);
      }
    }
  }

  private void mergeBytes(int to) throws CorruptRecordException {
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag >>> 3 != 1) {
        in.skip(tag, to);
        continue;
      }
      if ((tag & 7) != WireInput.LENGTH_DELIMITED) {
        throw in.wrongWireType("value of BytesList", tag, WireInput.LENGTH_DELIMITED);
      }
      int end = in.lengthDelimited(to);
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      starts[count] = in.position();
      ends[count++] = end;
      in.seek(end);
    }
  }

  private void addLong(long value) {
    if (count == longs.length) {
      longs = Arrays.copyOf(longs, 2 * count);
    }
    longs[count++] = value;
  }

  private static int grown(int length, int needed) {
    return Math.max(2 * length, needed);
  }
}
