package io.rankline.io.example;

import io.rankline.io.CorruptRecordException;

/**
 * An entry of a Features message in any form that protobuf allows: fields in any order, repeated,
 * missing.
 */
final class AnyEntry {

  private static final int KEY = 1 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int VALUE = 2 << 3 | WireInput.LENGTH_DELIMITED;

  private final WireInput in;
  private final FeatureValues values;
  private int keyStart;
  private int keyEnd;

  /** An entry whose values are merged into {@code values}. */
  AnyEntry(WireInput in, FeatureValues values) {
    this.in = in;
    this.values = values;
  }

  /** Reads the entry from the input's position to {@code end}. */
  void read(int end) throws CorruptRecordException {
    keyStart = end;
    keyEnd = end;
    values.clear();
    while (in.position() < end) {
      int tag = in.tag(end);
      if (tag == KEY) {
        keyEnd = in.lengthDelimited(end);
        keyStart = in.position();
        in.seek(keyEnd);
      } else if (tag == VALUE) {
        int valueEnd = in.lengthDelimited(end);
        values.merge(in.position(), valueEnd);
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
  int keyStart() {
    return keyStart;
  }

  int keyEnd() {
    return keyEnd;
  }
}
