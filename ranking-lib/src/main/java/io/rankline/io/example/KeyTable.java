package io.rankline.io.example;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers byte strings in the order in which they are added: a hash table without objects. */
public final class KeyTable {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] keys = new byte[16][];
  private int[] table = new int[64];
  private int size;

  public KeyTable() {
    Arrays.fill(table, -1);
  }

  public int size() {
    return size;
  }

  /** Number of the key in {@code bytes[from, to)}, or -1. */
  public int find(byte[] bytes, int from, int to) {
    int mask = table.length - 1;
    for (int at = hash(bytes, from, to) & mask; ; at = (at + 1) & mask) {
      int id = table[at];
      if (id < 0) {
        return -1;
      }
      byte[] key = keys[id];
      if (key.length == to - from && stands(key, bytes, from)) {
        return id;
      }
    }
  }

  /** Adds a key that is not there yet and gives its number. */
  public int add(byte[] key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    if (4 * (size + 1) > table.length) {
      table = new int[2 * table.length];
      Arrays.fill(table, -1);
      for (int id = 0; id < size; id++) {
        place(id);
      }
    }
    keys[size] = key;
    place(size);
    return size++;
  }

  /**
   * Whether {@code expected} stands in {@code bytes} at {@code at}, with all its bytes before the
   * end of the array. Looks at the end first, where names differ; by words, since names are short.
   */
  static boolean stands(byte[] expected, byte[] bytes, int at) {
    int last = expected.length - Long.BYTES;
    if (last < 0) {
      return Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }
    if ((long) LONGS.get(bytes, at + last) != (long) LONGS.get(expected, last)) {
      return false;
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONGS.get(bytes, at + i) != (long) LONGS.get(expected, i)) {
        return false;
      }
    }
    return true;
  }

  private void place(int id) {
    byte[] key = keys[id];
    int mask = table.length - 1;
    int at = hash(key, 0, key.length) & mask;
    while (table[at] >= 0) {
      at = (at + 1) & mask;
    }
    table[at] = id;
  }

  /**
   * Names of features differ at their ends, so the last and the first eight bytes distinguish them.
   */
  private static int hash(byte[] bytes, int from, int to) {
    int length = to - from;
    long mixed;
    if (length >= Long.BYTES) {
      long first = (long) LONGS.get(bytes, from);
      long last = (long) LONGS.get(bytes, to - Long.BYTES);
      mixed = first * 0x9E3779B97F4A7C15L + last * 0xC2B2AE3D27D4EB4FL;
    } else {
      mixed = 0;
      for (int i = from; i < to; i++) {
        mixed = (mixed << 8) | (bytes[i] & 0xff);
      }
      mixed *= 0x9E3779B97F4A7C15L;
    }
    mixed += length;
    return (int) (mixed ^ (mixed >>> 29) ^ (mixed >>> 47));
  }
}
