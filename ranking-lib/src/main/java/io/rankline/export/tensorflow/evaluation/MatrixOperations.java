package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;

import io.rankline.export.graph.Shapes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Operations that take many values together: products, sums, softmax. Sums go from first to last.
 */
final class MatrixOperations {

  private MatrixOperations() {}

  static Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put("MatMul", (attributes, inputs) -> List.of(product(inputs.get(0), inputs.get(1))));
    table.put("BatchMatMulV2", (attributes, inputs) -> List.of(products(attributes, inputs)));
    table.put("Softmax", (attributes, inputs) -> List.of(softmax(inputs.get(0))));
    table.put("Sum", (attributes, inputs) -> List.of(sum(attributes, inputs)));
    table.put("All", (attributes, inputs) -> List.of(all(inputs.get(0))));
    table.put("Cumsum", (attributes, inputs) -> List.of(sums(attributes, inputs)));
    table.put("UnsortedSegmentSum", (attributes, inputs) -> List.of(segments(inputs, false)));
    table.put("UnsortedSegmentMax", (attributes, inputs) -> List.of(segments(inputs, true)));
    return table;
  }

  private static Tensor product(Tensor x, Tensor y) {
    int rows = x.shape()[0];
    int inner = x.shape()[1];
    int columns = y.shape()[1];
    requireInner(inner, y.shape()[0]);
    float[] result = new float[rows * columns];
    multiply(x.floats(), 0, y.floats(), 0, rows, inner, columns, result, 0);
    return Tensor.of(result, rows, columns);
  }

  /** Sums are taken in double: engines differ in their order, and it is between all of them. */
  private static void multiply(
      float[] x,
      int fromX,
      float[] y,
      int fromY,
      int rows,
      int inner,
      int columns,
      float[] result,
      int to) {
    IntStream.range(0, rows)
        .parallel()
        .forEach(
            i -> {
              double[] sums = new double[columns];
              for (int k = 0; k < inner; k++) {
                double factor = x[fromX + i * inner + k];
                int row = fromY + k * columns;
                for (int j = 0; j < columns; j++) {
                  sums[j] += factor * y[row + j];
                }
              }
              for (int j = 0; j < columns; j++) {
                result[to + i * columns + j] = (float) sums[j];
              }
            });
  }

  /** Products of the last two dimensions. */
  private static Tensor products(Attributes attributes, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor y = attributes.truth("adj_y") ? swapped(inputs.get(1)) : inputs.get(1);
    int rank = x.shape().length;
    int rows = x.shape()[rank - 2];
    int inner = x.shape()[rank - 1];
    int columns = y.shape()[rank - 1];
    requireInner(inner, y.shape()[rank - 2]);
    int count = Shapes.size(x.shape(), 0, rank - 2);
    float[] result = new float[count * rows * columns];
    for (int b = 0; b < count; b++) {
      multiply(
          x.floats(),
          b * rows * inner,
          y.floats(),
          b * inner * columns,
          rows,
          inner,
          columns,
          result,
          b * rows * columns);
    }
    return Tensor.of(result, Shapes.joined(Shapes.part(x.shape(), 0, rank - 2), rows, columns));
  }

  /** The last two dimensions in the other order. */
  private static Tensor swapped(Tensor x) {
    int rank = x.shape().length;
    int[] shape = x.shape().clone();
    int[] steps = Shapes.strides(shape);
    for (int[] of : List.of(shape, steps)) {
      int last = of[rank - 1];
      of[rank - 1] = of[rank - 2];
      of[rank - 2] = last;
    }
    return x.picked(Shapes.places(shape, steps), shape);
  }

  private static void requireInner(int left, int right) {
    if (left != right) {
      throw new IllegalArgumentException(
          "matrices of %s columns and %s rows have no product".formatted(left, right));
    }
  }

  private static Tensor softmax(Tensor x) {
    int width = x.shape()[x.shape().length - 1];
    float[] result = x.floats().clone();
    for (int from = 0; from < result.length; from += width) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = from; i < from + width; i++) {
        largest = Math.max(largest, result[i]);
      }
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        sum += Math.exp((double) result[i] - largest);
      }
      for (int i = from; i < from + width; i++) {
        result[i] = (float) (Math.exp((double) result[i] - largest) / sum);
      }
    }
    return Tensor.of(result, x.shape());
  }

  /** Sums of rows. */
  private static Tensor sum(Attributes attributes, List<Tensor> inputs) {
    int[] shape = inputs.get(0).shape();
    int last = shape.length - 1;
    if (inputs.get(1).only() != last) {
      throw new IllegalArgumentException("only sums of rows are known");
    }
    int[] rows = Shapes.part(shape, 0, last);
    float[] sums = new float[Shapes.size(rows)];
    for (int r = 0; r < sums.length; r++) {
      for (int c = 0; c < shape[last]; c++) {
        sums[r] += inputs.get(0).floats()[r * shape[last] + c];
      }
    }
    return Tensor.of(sums, attributes.truth("keep_dims") ? Shapes.joined(rows, 1) : rows);
  }

  private static Tensor all(Tensor truths) {
    boolean all = true;
    for (boolean truth : truths.truths()) {
      all &= truth;
    }
    return Tensor.of(new boolean[] {all});
  }

  /** Of a vector, each without the number itself. */
  private static Tensor sums(Attributes attributes, List<Tensor> inputs) {
    if (!attributes.truth("exclusive") || inputs.get(0).shape().length != 1) {
      throw new IllegalArgumentException("only sums of what stands before are known");
    }
    long[] numbers = inputs.get(0).longs();
    long[] sums = new long[numbers.length];
    for (int i = 1; i < sums.length; i++) {
      sums[i] = sums[i - 1] + numbers[i - 1];
    }
    return Tensor.of(inputs.get(0).type(), sums, sums.length);
  }

  /** Rows of one segment become one; a segment without rows is 0, or the least number there is. */
  private static Tensor segments(List<Tensor> inputs, boolean isMax) {
    Tensor x = inputs.get(0);
    int[] segments = inputs.get(1).ints();
    int count = inputs.get(2).only();
    int[] shape = x.shape().clone();
    shape[0] = count;
    int width = Shapes.size(shape, 1, shape.length);
    if (x.type() != DT_FLOAT) {
      long[] sums = new long[count * width];
      for (int i = 0; i < x.size(); i++) {
        sums[segments[i / width] * width + i % width] += x.longs()[i];
      }
      return Tensor.of(x.type(), sums, shape);
    }
    float[] result = new float[count * width];
    if (isMax) {
      Arrays.fill(result, -Float.MAX_VALUE);
    }
    for (int i = 0; i < x.size(); i++) {
      int at = segments[i / width] * width + i % width;
      float value = x.floats()[i];
      result[at] = isMax ? Math.max(result[at], value) : result[at] + value;
    }
    return Tensor.of(result, shape);
  }
}
