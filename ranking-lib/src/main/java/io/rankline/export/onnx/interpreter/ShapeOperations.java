package io.rankline.export.onnx.interpreter;

import io.rankline.export.graph.Shapes;
import io.rankline.export.onnx.proto.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operations that compute nothing: values get other places. */
final class ShapeOperations {

  private ShapeOperations() {}

  static Map<String, Operation> all() {
    Map<String, Operation> all = new HashMap<>();
    all.put("Reshape", ShapeOperations::reshape);
    all.put("Expand", ShapeOperations::expand);
    all.put("Unsqueeze", ShapeOperations::unsqueeze);
    all.put("Transpose", ShapeOperations::transpose);
    all.put("Concat", ShapeOperations::concat);
    all.put("Slice", ShapeOperations::slice);
    all.put("Gather", ShapeOperations::gather);
    all.put("Shape", node -> integers(node.input(0).shape()));
    all.put("Size", node -> integers(node.input(0).size()).in());
    all.put("Range", ShapeOperations::range);
    return all;
  }

  private static Tensor integers(int... values) {
    return Tensor.integers(IntStream.of(values).asLongStream().toArray(), values.length);
  }

  private static Tensor reshape(Node node) {
    Tensor x = node.input(0);
    int[] shape = node.input(1).places();
    boolean isZeroItself = node.integer("allowzero", 0) != 0;
    int open = -1;
    int known = 1;
    for (int k = 0; k < shape.length; k++) {
      if (shape[k] == 0 && !isZeroItself) {
        shape[k] = x.shape()[k];
      }
      if (shape[k] == -1) {
        open = k;
      } else {
        known *= shape[k];
      }
    }
    if (open >= 0) {
      if (known == 0) {
        throw new IllegalArgumentException(
            "-1 beside 0 says nothing in the shape " + Arrays.toString(shape));
      }
      shape[open] = x.size() / known;
    }
    return x.in(shape);
  }

  private static Tensor expand(Node node) {
    Tensor x = node.input(0);
    int[] shape = Shapes.common(x.shape(), node.input(1).places());
    return x.at(Shapes.repeated(x.shape(), shape), shape);
  }

  private static Tensor unsqueeze(Node node) {
    Tensor x = node.input(0);
    int[] axes = node.input(1).places();
    int[] shape = new int[x.rank() + axes.length];
    for (int axis : axes) {
      shape[axis < 0 ? axis + shape.length : axis] = -1;
    }
    int next = 0;
    for (int k = 0; k < shape.length; k++) {
      shape[k] = shape[k] == -1 ? 1 : x.shape()[next++];
    }
    return x.in(shape);
  }

  private static Tensor transpose(Node node) {
    Tensor x = node.input(0);
    int[] order = node.integers("perm");
    int[] steps = Shapes.strides(x.shape());
    int[] shape = IntStream.of(order).map(k -> x.shape()[k]).toArray();
    int[] taken = IntStream.of(order).map(k -> steps[k]).toArray();
    return x.at(Shapes.places(shape, taken), shape);
  }

  private static Tensor concat(Node node) {
    List<Tensor> parts = node.inputs();
    int axis = parts.get(0).axis(node.integer("axis"));
    int[] shape = parts.get(0).shape().clone();
    shape[axis] = 0;
    for (Tensor part : parts) {
      for (int k = 0; k < shape.length; k++) {
        if (part.rank() != shape.length
            || part.type() != parts.get(0).type()
            || (k != axis && part.shape()[k] != shape[k])) {
          throw new IllegalArgumentException(
              "%s and %s do not stand side by side".formatted(parts.get(0), part));
        }
      }
      shape[axis] += part.shape()[axis];
    }
    int inner = Shapes.size(Arrays.copyOfRange(shape, axis + 1, shape.length));
    int row = shape[axis] * inner;
    int[] places = new int[Shapes.size(shape)];
    int base = 0;
    int column = 0;
    for (Tensor part : parts) {
      int width = part.shape()[axis] * inner;
      for (int i = 0; i < part.size(); i++) {
        places[i / width * row + column + i % width] = base + i;
      }
      base += part.size();
      column += width;
    }
    return Tensor.joined(parts).at(places, shape);
  }

  /** Of one step ahead each, along the dimensions that are named. */
  private static Tensor slice(Node node) {
    Tensor x = node.input(0);
    int[] starts = node.input(1).places();
    int[] ends = node.input(2).places();
    int[] axes = node.input(3).places();
    if (node.inputs().size() > 4) {
      throw new IllegalArgumentException("steps of a slice are not known");
    }
    int[] shape = x.shape().clone();
    int[] steps = Shapes.strides(x.shape());
    int start = 0;
    for (int k = 0; k < axes.length; k++) {
      int axis = x.axis(axes[k]);
      int size = x.shape()[axis];
      int from = clamp(starts[k], size);
      shape[axis] = Math.max(0, clamp(ends[k], size) - from);
      start += from * steps[axis];
    }
    return x.at(Shapes.places(start, shape, steps), shape);
  }

  private static int clamp(int place, int size) {
    return Math.min(size, Math.max(0, place < 0 ? place + size : place));
  }

  /** Along the first dimension, or columns of a matrix. */
  private static Tensor gather(Node node) {
    Tensor x = node.input(0);
    Tensor rows = node.input(1);
    long axis = node.integer("axis", 0);
    if (axis == 1 && x.rank() == 2 && rows.rank() == 1) {
      return columns(x, rows.places());
    } else if (axis != 0) {
      throw new IllegalArgumentException("only rows, and columns of a matrix, are gathered");
    }
    int[] row = Arrays.copyOfRange(x.shape(), 1, x.rank());
    int width = Shapes.size(row);
    int[] wanted = rows.places();
    int[] places = new int[wanted.length * width];
    for (int i = 0; i < wanted.length; i++) {
      int from = wanted[i] < 0 ? wanted[i] + x.shape()[0] : wanted[i];
      if (from < 0 || from >= x.shape()[0]) {
        throw new IllegalArgumentException(
            "row %s is not among the %s of %s".formatted(wanted[i], x.shape()[0], x));
      }
      for (int c = 0; c < width; c++) {
        places[i * width + c] = from * width + c;
      }
    }
    int[] shape = Arrays.copyOf(rows.shape(), rows.rank() + row.length);
    System.arraycopy(row, 0, shape, rows.rank(), row.length);
    return x.at(places, shape);
  }

  private static Tensor columns(Tensor x, int[] columns) {
    int width = x.shape()[1];
    int[] places = new int[x.shape()[0] * columns.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / columns.length * width + columns[i % columns.length];
    }
    return x.at(places, x.shape()[0], columns.length);
  }

  private static Tensor range(Node node) {
    double start = node.input(0).number(0);
    double step = node.input(2).number(0);
    int count = (int) Math.max(0, Math.ceil((node.input(1).number(0) - start) / step));
    return Tensor.of(DataType.INT64, new int[] {count}, i -> start + i * step);
  }
}
