package io.rankline.io.example;

import java.util.Arrays;

/** Pieces of a byte array, in the order in which they were found. */
public final class Spans {

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int size;

  public void clear() {
    size = 0;
  }

  public void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = start;
    ends[size++] = end;
  }

  public int size() {
    return size;
  }

  public int start(int i) {
    return starts[i];
  }

  public int end(int i) {
    return ends[i];
  }
}
