package io.rankline.io.example;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of protobuf's wire format that are being written. Grows as needed. */
public final class WireOutput {

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 12];
  private int size;

  public void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** A field's number with the wire type of a length and its content, then the length. */
  public void header(int field, int length) {
    reserve(10);
    bytes[size++] = (byte) (field << 3 | WireInput.LENGTH_DELIMITED);
    varint(length);
  }

  /** Number of bytes that {@link #header} and a content of that length take. */
  static int sizeOfField(int length) {
    return 1 + sizeOfVarint(length) + length;
  }

  static int sizeOfVarint(long value) {
    return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void floats(float[] values, int from, int count) {
    reserve(count * Float.BYTES);
    for (int i = 0; i < count; i++) {
      FLOATS.set(bytes, size, values[from + i]);
      size += Float.BYTES;
    }
  }

  public void bytes(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  public void bytes(WireOutput other) {
    bytes(other.bytes, 0, other.size);
  }

  private void reserve(int count) {
    int needed = Math.addExact(size, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * size, 1 << 30)));
    }
  }
}
