package io.rankline.model.kernel.bag;

import io.rankline.feature.token.Pooling;
import io.rankline.model.kernel.NativeFloats;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pools bags of floats on the processor: a row of the table at a time, on the heap. */
final class HeapBags implements BagArithmetic {

  /** What a buffer of bytes can address, in floats. */
  private static final long MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  /** Whether it can read a table: floats, row by row, in this process's memory. */
  static boolean canRead(INDArray table) {
    return NativeFloats.has(table) && table.length() <= MAX_FLOATS;
  }

  @Override
  public void pool(INDArray table, TokenIds ids, Pooling pooling, INDArray out) {
    FloatBuffer rows = window(table);
    int width = Math.toIntExact(table.size(1));
    float[] row = new float[width];
    float[] pooled = new float[ids.bags() * width];
    int[] counts = ids.counts();
    for (int bag = 0; bag < ids.bags(); bag++) {
      if (counts[bag] == 0) {
        continue;
      }
      int to = bag * width;
      if (pooling == Pooling.MAX) {
        Arrays.fill(pooled, to, to + width, Float.NEGATIVE_INFINITY);
      }
      for (int t = bag * ids.width(); t < (bag + 1) * ids.width(); t++) {
        if (ids.ids()[t] < 0) {
          continue;
        }
        rows.get(ids.ids()[t] * width, row);
        if (pooling == Pooling.MAX) {
          for (int c = 0; c < width; c++) {
            pooled[to + c] = Math.max(pooled[to + c], row[c]);
          }
        } else {
          for (int c = 0; c < width; c++) {
            pooled[to + c] += row[c];
          }
        }
      }
      if (pooling == Pooling.MEAN) {
        for (int c = to; c < to + width; c++) {
          pooled[c] /= counts[bag];
        }
      }
    }
    window(out).put(0, pooled);
  }

  @Override
  public void backward(
      INDArray table, TokenIds ids, Pooling pooling, INDArray epsilon, INDArray gradient) {
    int width = Math.toIntExact(table.size(1));
    float[] of =
        epsilon.castTo(DataType.FLOAT).reshape('c', new long[] {epsilon.length()}).toFloatVector();
    int[] counts = ids.counts();
    gradient.assign(0);
    FloatBuffer sums = window(gradient);
    if (pooling == Pooling.MAX) {
      addToLargest(window(table), ids, of, sums, width);
      return;
    }
    float[] row = new float[width];
    for (int t = 0; t < ids.ids().length; t++) {
      int id = ids.ids()[t];
      if (id < 0) {
        continue;
      }
      int bag = t / ids.width();
      float scale = pooling == Pooling.MEAN ? 1f / counts[bag] : 1;
      sums.get(id * width, row);
      for (int c = 0; c < width; c++) {
        row[c] += of[bag * width + c] * scale;
      }
      sums.put(id * width, row);
    }
  }

  /** Each column's gradient goes to the first token with its largest value. */
  private static void addToLargest(
      FloatBuffer rows, TokenIds ids, float[] of, FloatBuffer sums, int width) {
    float[] row = new float[width];
    float[] largest = new float[width];
    int[] where = new int[width];
    for (int bag = 0; bag < ids.bags(); bag++) {
      Arrays.fill(largest, Float.NEGATIVE_INFINITY);
      Arrays.fill(where, -1);
      for (int t = bag * ids.width(); t < (bag + 1) * ids.width(); t++) {
        int id = ids.ids()[t];
        if (id < 0) {
          continue;
        }
        rows.get(id * width, row);
        for (int c = 0; c < width; c++) {
          if (row[c] > largest[c]) {
            largest[c] = row[c];
            where[c] = id;
          }
        }
      }
      for (int c = 0; c < width; c++) {
        if (where[c] >= 0) {
          int at = where[c] * width + c;
          sums.put(at, sums.get(at) + of[bag * width + c]);
        }
      }
    }
  }

  private static FloatBuffer window(INDArray array) {
    return NativeFloats.of(array).window(0, array.length());
  }
}
