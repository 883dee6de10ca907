package io.rankline.export.onnx.interpreter;

import io.rankline.export.graph.Shapes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Operations that make one number of many: products of matrices, sums, softmax. */
final class SumOperations {

  /** Products of fewer numbers are not worth a second thread. */
  private static final long WORTH_THREADS = 1 << 20;

  /** Rows that go over a matrix together, which then stays in cache. */
  private static final int TOGETHER = 16;

  private SumOperations() {}

  static Map<String, Operation> all() {
    Map<String, Operation> all = new HashMap<>();
    all.put("MatMul", node -> product(node.input(0), node.input(1)));
    all.put("Gemm", SumOperations::gemm);
    all.put("Softmax", SumOperations::softmax);
    all.put("ReduceSum", node -> reduced(node, node.input(1).places(), 0, Double::sum));
    all.put(
        "ReduceMax",
        node -> reduced(node, node.integers("axes"), Double.NEGATIVE_INFINITY, Math::max));
    all.put("CumSum", SumOperations::cumulated);
    return all;
  }

  /** The product with a matrix for all, or one for each of the leading dimensions. */
  private static Tensor product(Tensor x, Tensor y) {
    int rows = x.shape()[x.rank() - 2];
    int depth = x.shape()[x.rank() - 1];
    int width = y.shape()[y.rank() - 1];
    int[] leading = Arrays.copyOf(x.shape(), x.rank() - 2);
    if (y.shape()[y.rank() - 2] != depth
        || !Arrays.equals(leading, Arrays.copyOf(y.shape(), y.rank() - 2))) {
      throw new IllegalArgumentException("%s and %s have no product".formatted(x, y));
    }
    float[] left = x.floats();
    float[] right = y.floats();
    int count = Shapes.size(leading) * rows;
    float[] out = new float[count * width];
    IntStream each = IntStream.range(0, (count + TOGETHER - 1) / TOGETHER);
    ((long) count * depth * width > WORTH_THREADS ? each.parallel() : each)
        .forEach(
            block -> {
              int from = block * TOGETHER;
              int to = Math.min(from + TOGETHER, count);
              for (int k = 0; k < depth; k += 4) {
                for (int row = from; row < to; row++) {
                  int matrix = row / rows * depth * width;
                  add(
                      left,
                      row * depth + k,
                      Math.min(4, depth - k),
                      right,
                      matrix + k * width,
                      out,
                      row * width,
                      width);
                }
              }
            });
    int[] shape = Arrays.copyOf(leading, x.rank());
    shape[x.rank() - 2] = rows;
    shape[x.rank() - 1] = width;
    return Tensor.floats(out, shape);
  }

  /** Adds some rows, at most four, each times its factor; one after the other, as engines do. */
  private static void add(
      float[] factors, int first, int count, float[] from, int at, float[] out, int to, int width) {
    if (count < 4) {
      for (int k = 0; k < count; k++) {
        for (int j = 0; j < width; j++) {
          out[to + j] = Math.fma(factors[first + k], from[at + k * width + j], out[to + j]);
        }
      }
      return;
    }
    float f0 = factors[first];
    float f1 = factors[first + 1];
    float f2 = factors[first + 2];
    float f3 = factors[first + 3];
    for (int j = 0; j < width; j++) {
      float two = Math.fma(f1, from[at + width + j], Math.fma(f0, from[at + j], out[to + j]));
      out[to + j] =
          Math.fma(f3, from[at + 3 * width + j], Math.fma(f2, from[at + 2 * width + j], two));
    }
  }

  private static Tensor gemm(Node node) {
    Tensor product = product(node.input(0), node.input(1));
    Tensor summand = node.input(2);
    int[] places = Shapes.repeated(summand.shape(), product.shape());
    float[] values = product.floats();
    return Tensor.of(product.type(), product.shape(), i -> values[i] + summand.number(places[i]));
  }

  private static Tensor softmax(Node node) {
    Tensor x = node.input(0);
    if (x.axis(node.integer("axis", -1)) != x.rank() - 1) {
      throw new IllegalArgumentException("softmax is known along the last axis alone");
    }
    int width = x.shape()[x.rank() - 1];
    double[] values = new double[x.size()];
    for (int from = 0; from < values.length; from += width) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + width; i++) {
        most = Math.max(most, x.number(i));
      }
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        values[i] = Math.exp(x.number(i) - most);
        sum += values[i];
      }
      for (int i = from; i < from + width; i++) {
        values[i] /= sum;
      }
    }
    return Tensor.of(x.type(), x.shape(), i -> values[i]);
  }

  private static Tensor reduced(
      Node node, int[] axes, double start, DoubleBinaryOperator function) {
    Tensor x = node.input(0);
    boolean isKept = node.integer("keepdims", 1) != 0;
    int[] shape = x.shape().clone();
    for (int axis : axes) {
      shape[x.axis(axis)] = 1;
    }
    double[] values = new double[Shapes.size(shape)];
    Arrays.fill(values, start);
    int[] places = Shapes.repeated(shape, x.shape());
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = function.applyAsDouble(values[places[i]], x.number(i));
    }
    Tensor result = Tensor.of(x.type(), shape, i -> values[i]);
    return isKept ? result : result.in(without(shape, axes));
  }

  private static int[] without(int[] shape, int[] axes) {
    return IntStream.range(0, shape.length)
        .filter(
            k -> IntStream.of(axes).noneMatch(axis -> (axis + shape.length) % shape.length == k))
        .map(k -> shape[k])
        .toArray();
  }

  private static Tensor cumulated(Node node) {
    Tensor x = node.input(0);
    int step = Shapes.strides(x.shape())[x.axis((long) node.input(1).number(0))];
    int length = x.shape()[x.axis((long) node.input(1).number(0))];
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      boolean isFirst = i / step % length == 0;
      values[i] = x.number(i) + (isFirst ? 0 : values[i - step]);
    }
    return Tensor.of(x.type(), x.shape(), i -> values[i]);
  }
}
