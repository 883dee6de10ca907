package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_INT32;

import io.rankline.export.graph.Shapes;
import io.rankline.export.tensorflow.proto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations that put values elsewhere and leave them as they are. */
final class ShapeOperations {

  private ShapeOperations() {}

  static Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put("Identity", (attributes, inputs) -> List.of(inputs.get(0)));
    table.put("Shape", (attributes, inputs) -> List.of(shape(attributes, inputs.get(0))));
    table.put("Size", (attributes, inputs) -> List.of(size(attributes, inputs.get(0))));
    table.put("Reshape", (attributes, inputs) -> List.of(reshaped(inputs.get(0), inputs.get(1))));
    table.put("ExpandDims", (attributes, inputs) -> List.of(expanded(inputs)));
    table.put("StridedSlice", (attributes, inputs) -> List.of(sliced(attributes, inputs)));
    table.put("ConcatV2", (attributes, inputs) -> List.of(joined(inputs)));
    table.put("Pack", (attributes, inputs) -> List.of(packed(inputs)));
    table.put("Unpack", (attributes, inputs) -> unpacked(attributes, inputs.get(0)));
    table.put("Transpose", (attributes, inputs) -> List.of(transposed(inputs)));
    table.put("Fill", (attributes, inputs) -> List.of(filled(inputs.get(0), inputs.get(1))));
    table.put("Range", (attributes, inputs) -> List.of(range(inputs)));
    return table;
  }

  private static Tensor shape(Attributes attributes, Tensor x) {
    long[] sizes = Arrays.stream(x.shape()).asLongStream().toArray();
    return Tensor.of(attributes.type("out_type", DT_INT32), sizes, sizes.length);
  }

  private static Tensor size(Attributes attributes, Tensor x) {
    return Tensor.of(attributes.type("out_type", DT_INT32), new long[] {x.size()});
  }

  private static Tensor reshaped(Tensor x, Tensor shape) {
    int[] sizes = shape.ints();
    int open = -1;
    int known = 1;
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] < 0) {
        open = d;
      } else {
        known *= sizes[d];
      }
    }
    if (open >= 0) {
      sizes[open] = known == 0 ? 0 : x.size() / known;
    }
    return x.shaped(sizes);
  }

  private static Tensor expanded(List<Tensor> inputs) {
    int[] shape = inputs.get(0).shape();
    int axis = inputs.get(1).only();
    int[] before = Shapes.part(shape, 0, axis);
    return inputs
        .get(0)
        .shaped(Shapes.joined(Shapes.joined(before, 1), Shapes.part(shape, axis, shape.length)));
  }

  /** Slices with steps of 1, and nothing but the masks that are looked at here. */
  private static Tensor sliced(Attributes attributes, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    int[] from = inputs.get(1).ints();
    int[] to = inputs.get(2).ints();
    if (!Arrays.stream(inputs.get(3).ints()).allMatch(step -> step == 1)) {
      throw new IllegalArgumentException("only steps of 1 are known");
    }
    int[] shape = x.shape().clone();
    int[] strides = Shapes.strides(x.shape());
    int start = 0;
    for (int d = 0; d < from.length; d++) {
      int first = isSet(attributes, "begin_mask", d) ? 0 : from[d];
      int end = isSet(attributes, "end_mask", d) ? x.shape()[d] : Math.min(to[d], x.shape()[d]);
      shape[d] = Math.max(0, end - first);
      start += first * strides[d];
    }
    int[] kept = new int[0];
    for (int d = 0; d < shape.length; d++) {
      kept = isSet(attributes, "shrink_axis_mask", d) ? kept : Shapes.joined(kept, shape[d]);
    }
    return x.picked(Shapes.places(start, shape, strides), kept);
  }

  private static boolean isSet(Attributes attributes, String mask, int bit) {
    return (attributes.number(mask, 0) >> bit & 1) == 1;
  }

  private static Tensor joined(List<Tensor> inputs) {
    List<Tensor> parts = inputs.subList(0, inputs.size() - 1);
    int[] first = parts.get(0).shape();
    int axis = inputs.get(inputs.size() - 1).only();
    int width = 0;
    for (Tensor part : parts) {
      width += part.shape()[axis];
    }
    int[] shape = first.clone();
    shape[axis] = width;
    int blocks = Shapes.size(shape, 0, axis);
    int inner = Shapes.size(shape, axis + 1, shape.length);
    Object values = Tensor.room(parts.get(0).type(), Shapes.size(shape));
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      for (Tensor part : parts) {
        int length = part.shape()[axis] * inner;
        System.arraycopy(part.values(), block * length, values, at, length);
        at += length;
      }
    }
    return new Tensor(parts.get(0).type(), shape, values);
  }

  private static Tensor packed(List<Tensor> inputs) {
    int size = inputs.get(0).size();
    Object values = Tensor.room(inputs.get(0).type(), size * inputs.size());
    for (int k = 0; k < inputs.size(); k++) {
      System.arraycopy(inputs.get(k).values(), 0, values, k * size, size);
    }
    int[] shape = Shapes.joined(new int[] {inputs.size()}, inputs.get(0).shape());
    return new Tensor(inputs.get(0).type(), shape, values);
  }

  private static List<Tensor> unpacked(Attributes attributes, Tensor x) {
    int axis = (int) attributes.number("axis", 0);
    int[] strides = Shapes.strides(x.shape());
    int[] shape = without(x.shape(), axis);
    int[] steps = without(strides, axis);
    List<Tensor> parts = new ArrayList<>();
    for (int k = 0; k < attributes.number("num"); k++) {
      parts.add(x.picked(Shapes.places(k * strides[axis], shape, steps), shape));
    }
    return parts;
  }

  private static int[] without(int[] sizes, int axis) {
    return Shapes.joined(Shapes.part(sizes, 0, axis), Shapes.part(sizes, axis + 1, sizes.length));
  }

  private static Tensor transposed(List<Tensor> inputs) {
    int[] order = inputs.get(1).ints();
    int[] own = Shapes.strides(inputs.get(0).shape());
    int[] shape = new int[order.length];
    int[] steps = new int[order.length];
    for (int d = 0; d < order.length; d++) {
      shape[d] = inputs.get(0).shape()[order[d]];
      steps[d] = own[order[d]];
    }
    return inputs.get(0).picked(Shapes.places(shape, steps), shape);
  }

  private static Tensor filled(Tensor shape, Tensor value) {
    int[] sizes = shape.ints();
    return value.picked(new int[Shapes.size(sizes)], sizes);
  }

  private static Tensor range(List<Tensor> inputs) {
    DataType type = inputs.get(0).type();
    long start = inputs.get(0).only();
    long step = inputs.get(2).only();
    long[] values = new long[Math.toIntExact((inputs.get(1).only() - start) / step)];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return Tensor.of(type, values, values.length);
  }
}
