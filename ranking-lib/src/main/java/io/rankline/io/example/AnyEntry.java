package io.rankline.io.example;

import io.rankline.io.CorruptRecordException;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a Features message in any form that protobuf allows: fields in any order, repeated,
 * missing.
 */
public final class AnyEntry {

  private static final int KEY = 1 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int VALUE = 2 << 3 | WireInput.LENGTH_DELIMITED;

  private final WireInput in;
  private final FeatureValues values;
  private int keyStart;
  private int keyEnd;

  /**
   * An entry of the input's bytes.
   *
   * @param values gets the values of each entry, in the place of those before
   */
  public AnyEntry(WireInput in, FeatureValues values) {
    this.in = in;
    this.values = values;
  }

  /**
   * Reads the entry from the input's position to {@code end}, which is the position afterwards.
   *
   * @throws CorruptRecordException for bytes that are no entry, without a place
   */
  public void read(int end) throws CorruptRecordException {
    values.clear();
    read(end, null);
  }

  /**
   * Reads the entry's key alone.
   *
   * @param parts gets where its values lie, for {@link FeatureValues#merge}
   * @throws CorruptRecordException for bytes that are no entry, without a place
   */
  public void readKey(int end, Spans parts) throws CorruptRecordException {
    read(end, parts);
  }

  private void read(int end, @Nullable Spans parts) throws CorruptRecordException {
    keyStart = end;
    keyEnd = end;
    while (in.position() < end) {
      int tag = in.tag(end);
      if (tag == KEY) {
        keyEnd = in.lengthDelimited(end);
        keyStart = in.position();
        in.seek(keyEnd);
      } else if (tag == VALUE) {
        int valueEnd = in.lengthDelimited(end);
        if (parts == null) {
          values.merge(in.position(), valueEnd);
        } else {
          parts.add(in.position(), valueEnd);
        }
        in.seek(valueEnd);
      } else if (tag >>> 3 == 1 || tag >>> 3 == 2) {
        throw in.wrongWireType(
            (tag >>> 3 == 1 ? "key" : "value") + " of a feature", tag, WireInput.LENGTH_DELIMITED);
      } else {
        in.skip(tag, end);
      }
    }
  }

  /** Where the last key starts in the input's bytes; {@link #keyEnd} without one. */
  public int keyStart() {
    return keyStart;
  }

  /** Where the last key ends in the input's bytes, exclusive. */
  public int keyEnd() {
    return keyEnd;
  }

  /** What the entry holds, until the next one is read. */
  public FeatureValues values() {
    return values;
  }
}
