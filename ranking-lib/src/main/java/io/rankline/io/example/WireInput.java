package io.rankline.io.example;

import io.rankline.io.CorruptRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A position in bytes of protobuf's wire format. Reads past the end of the bytes, varints that
 * never end and tags that protobuf forbids are {@link CorruptRecordException}s.
 */
public final class WireInput {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  public static final int LENGTH_DELIMITED = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  private static final int MAX_GROUP_DEPTH = 100;
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int recordStart;
  private int position;

  /** Starts to read a record that begins at {@code source[from]}. */
  public void reset(byte[] source, int from) {
    this.bytes = source;
    this.recordStart = from;
    this.position = from;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return position;
  }

  public void seek(int to) {
    this.position = to;
  }

  float floatAt(int at) {
    return (float) FLOATS.get(bytes, at);
  }

  /** The tag before {@code end}: field number in the upper bits, wire type in the lower three. */
  public int tag(int end) throws CorruptRecordException {
    int at = position;
    long tag = varint(end);
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw fault("tag %s is not one of protobuf".formatted(tag), at);
    }
    return (int) tag;
  }

  /** A varint that ends before {@code end}. */
  long varint(int end) throws CorruptRecordException {
    int at = position;
    if (at < end && bytes[at] >= 0) {
      position = at + 1;
      return bytes[at];
    }
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw fault("ends within a number", position);
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        position = at;
        return value;
      }
    }
    throw fault("a number has more than 10 bytes", position);
  }

  /** Reads a length and gives where the content of that length ends, at most {@code end}. */
  public int lengthDelimited(int end) throws CorruptRecordException {
    int at = position;
    long length = varint(end);
    if (length < 0 || length > end - position) {
      throw fault(
          "a field of %s bytes does not fit into the %s left"
              .formatted(Long.toUnsignedString(length), end - position),
          at);
    }
    return position + (int) length;
  }

  /** Passes over the value of a field that was not asked for. */
  public void skip(int tag, int end) throws CorruptRecordException {
    skip(tag, end, 0);
  }

  private void skip(int tag, int end, int depth) throws CorruptRecordException {
    switch (tag & 7) {
      case VARINT -> varint(end);
      case FIXED64 -> advance(8, end);
      case LENGTH_DELIMITED -> position = lengthDelimited(end);
      case FIXED32 -> advance(4, end);
      case START_GROUP -> skipGroup(tag >>> 3, end, depth);
      default -> throw fault("wire type %s is not one of protobuf".formatted(tag & 7), position);
    }
  }

  private void skipGroup(int field, int end, int depth) throws CorruptRecordException {
    if (depth >= MAX_GROUP_DEPTH) {
      throw fault("groups are nested more than %s deep".formatted(MAX_GROUP_DEPTH), position);
    }
    while (true) {
      int tag = tag(end);
      if ((tag & 7) == END_GROUP) {
        if (tag >>> 3 != field) {
          throw fault("group %s ends as group %s".formatted(field, tag >>> 3), position);
        }
        return;
      }
      skip(tag, end, depth + 1);
    }
  }

  private void advance(int count, int end) throws CorruptRecordException {
    if (count > end - position) {
      throw fault(
          "a field of %s bytes does not fit into the %s left".formatted(count, end - position),
          position);
    }
    position += count;
  }

  /** A fault with its place, counted from the start of the record. */
  CorruptRecordException fault(String what, int at) {
    return new CorruptRecordException(
        "%s (at byte %s of the record)".formatted(what, at - recordStart));
  }

  /** A known field whose wire type is not the one that the format gives it. */
  public CorruptRecordException wrongWireType(String field, int tag, int expected) {
    return fault("%s has wire type %s, expected %s".formatted(field, tag & 7, expected), position);
  }
}
