package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Gemm;
import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many rows a product may take at a time with every row rounded alike.
 *
 * <p>Found by trying: the same random row over and over has to give the same result over and over.
 * Which code of OpenBLAS computes a row depends on sizes and never on values, so what holds for
 * these rows holds for all.
 *
 * @param few the least a product is called with
 * @param many a multiple of {@code few} that is better for long panels, and gives the same bits;
 *     {@code few} if there is none
 */
record RowCounts(int few, int many) {

  private static final int[] FEW = {16, 8, 4, 2};
  private static final int[] MANY = {256, 128, 64, 32};

  /** Rounding may agree by chance for one row of a narrow product. */
  private static final int ROWS_TRIED = 3;

  private static final Map<Set<Shape>, RowCounts> FOUND = new ConcurrentHashMap<>();

  private record Shape(int inputs, int outputs) {}

  /** For products with all of these weights. OpenBLAS must be held to one thread. */
  static RowCounts of(List<WeightBlock> blocks) {
    Set<Shape> shapes = new HashSet<>();
    for (WeightBlock block : blocks) {
      shapes.add(new Shape(block.inputs(), block.outputs()));
    }
    return FOUND.computeIfAbsent(shapes, RowCounts::find);
  }

  private static RowCounts find(Set<Shape> shapes) {
    int few = 1;
    for (int count : FEW) {
      if (areAlike(shapes, count, count)) {
        few = count;
        break;
      }
    }
    for (int count : MANY) {
      if (count % few == 0 && areAlike(shapes, few, count)) {
        return new RowCounts(few, count);
      }
    }
    return new RowCounts(few, few);
  }

  /** Whether rows of products of both counts are all alike. */
  private static boolean areAlike(Set<Shape> shapes, int first, int second) {
    for (Shape shape : shapes) {
      SplittableRandom random = new SplittableRandom(first);
      for (int tried = 0; tried < ROWS_TRIED; tried++) {
        float[] row = random(random, shape.inputs());
        float[] weights = random(random, shape.inputs() * shape.outputs());
        float[] some = products(row, first, weights, shape.outputs());
        float[] more = first == second ? some : products(row, second, weights, shape.outputs());
        for (int o = 0; o < shape.outputs(); o++) {
          float expected = some[o * first];
          if (!areAll(expected, some, o * first, first)
              || !areAll(expected, more, o * second, second)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean areAll(float expected, float[] values, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (values[i] != expected) {
        return false;
      }
    }
    return true;
  }

  /** [outputs, count] of one row taken that many times. */
  private static float[] products(float[] row, int count, float[] weights, int outputs) {
    float[] rows = new float[count * row.length];
    for (int r = 0; r < count; r++) {
      System.arraycopy(row, 0, rows, r * row.length, row.length);
    }
    NativeFloats z = NativeFloats.room(outputs * count);
    Gemm.timesTransposed(
        outputs,
        count,
        row.length,
        1,
        matrix(weights, row.length),
        matrix(rows, row.length),
        0,
        z.matrix(0, count));
    return z.toHeap(outputs * count);
  }

  private static Matrix matrix(float[] values, int width) {
    return NativeFloats.of(values).matrix(0, width);
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
