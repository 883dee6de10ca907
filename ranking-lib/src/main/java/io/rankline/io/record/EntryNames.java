package io.rankline.io.record;

import io.rankline.io.example.KeyTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names of the features of an item, each made once, and which entry of a name counts: the last. */
final class EntryNames {

  /** More are forgotten with the next item, so that hostile data costs no memory. */
  private static final int MOST_REMEMBERED = 1 << 16;

  private KeyTable keys = new KeyTable();
  private final List<String> names = new ArrayList<>();

  /** Of each remembered name, the last entry that had it; entries of all items are numbered. */
  private long[] lastOf = new long[64];

  /** The item's entries, by the number of their names. */
  private int[] ids = new int[64];

  private int size;
  private long before;

  /** The next item has no entries yet. */
  void startItem() {
    before += size;
    size = 0;
    if (names.size() > MOST_REMEMBERED) {
      keys = new KeyTable();
      names.clear();
    }
  }

  /** Adds an entry, whose name is in {@code bytes[from, to)}. */
  void add(byte[] bytes, int from, int to) {
    int id = number(bytes, from, to);
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    lastOf[id] = before + size;
    ids[size++] = id;
  }

  /** Whether no later entry has the name of that one. */
  boolean isLast(int entry) {
    return lastOf[ids[entry]] == before + entry;
  }

  /** The name of an entry. */
  String of(int entry) {
    return names.get(ids[entry]);
  }

  private int number(byte[] bytes, int from, int to) {
    int known = keys.find(bytes, from, to);
    if (known >= 0) {
      return known;
    }
    int id = keys.add(Arrays.copyOfRange(bytes, from, to));
    names.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    if (id == lastOf.length) {
      lastOf = Arrays.copyOf(lastOf, 2 * id);
    }
    return id;
  }
}
