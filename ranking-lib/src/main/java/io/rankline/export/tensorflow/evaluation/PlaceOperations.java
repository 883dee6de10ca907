package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;

import io.rankline.export.graph.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations that read or write at places which other tensors name. */
final class PlaceOperations {

  private PlaceOperations() {}

  static Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put("Where", (attributes, inputs) -> List.of(where(inputs.get(0))));
    table.put("GatherV2", (attributes, inputs) -> List.of(gathered(inputs)));
    table.put("GatherNd", (attributes, inputs) -> List.of(gathered(inputs.get(0), inputs.get(1))));
    table.put("ScatterNd", (attributes, inputs) -> List.of(scattered(inputs)));
    table.put("TensorScatterUpdate", (attributes, inputs) -> List.of(updated(inputs)));
    return table;
  }

  /** The places of what is true, one a row. */
  private static Tensor where(Tensor truths) {
    int[] strides = Shapes.strides(truths.shape());
    int rank = strides.length;
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      if (truths.truths()[i]) {
        found.add(i);
      }
    }
    long[] places = new long[found.size() * rank];
    for (int k = 0; k < found.size(); k++) {
      int rest = found.get(k);
      for (int d = 0; d < rank; d++) {
        places[k * rank + d] = rest / strides[d];
        rest %= strides[d];
      }
    }
    return Tensor.of(DT_INT64, places, found.size(), rank);
  }

  /** Along the first dimension, or columns of a matrix. */
  private static Tensor gathered(List<Tensor> inputs) {
    Tensor places = inputs.get(1);
    if (inputs.get(2).only() == 1 && inputs.get(0).shape().length == 2) {
      return columns(inputs.get(0), places.ints());
    } else if (inputs.get(2).only() != 0) {
      throw new IllegalArgumentException("only rows, and columns of a matrix, are gathered");
    }
    return gathered(inputs.get(0), places.shaped(Shapes.joined(places.shape(), 1)));
  }

  private static Tensor columns(Tensor x, int[] columns) {
    int rows = x.shape()[0];
    int width = x.shape()[1];
    int[] places = new int[rows * columns.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / columns.length * width + columns[i % columns.length];
    }
    return x.picked(places, rows, columns.length);
  }

  /** The last dimension of the places is a place each. */
  private static Tensor gathered(Tensor x, Tensor places) {
    int[] shape = x.shape();
    int[] of = places.shape();
    int depth = of[of.length - 1];
    int inner = Shapes.size(shape, depth, shape.length);
    int[] starts = starts(places, shape);
    int[] picked = new int[starts.length * inner];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = starts[i / inner] + i % inner;
    }
    return x.picked(
        picked,
        Shapes.joined(Shapes.part(of, 0, of.length - 1), Shapes.part(shape, depth, shape.length)));
  }

  private static Tensor scattered(List<Tensor> inputs) {
    int[] shape = inputs.get(2).ints();
    Tensor zeros =
        new Tensor(
            inputs.get(1).type(), shape, Tensor.room(inputs.get(1).type(), Shapes.size(shape)));
    return updated(List.of(zeros, inputs.get(0), inputs.get(1)));
  }

  private static Tensor updated(List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor updates = inputs.get(2);
    int[] starts = starts(inputs.get(1), x.shape());
    int inner = starts.length == 0 ? 0 : updates.size() / starts.length;
    Object result = Tensor.room(x.type(), x.size());
    System.arraycopy(x.values(), 0, result, 0, x.size());
    for (int k = 0; k < starts.length; k++) {
      System.arraycopy(updates.values(), k * inner, result, starts[k], inner);
    }
    return new Tensor(x.type(), x.shape(), result);
  }

  /** Where each place begins in the values of a tensor. */
  private static int[] starts(Tensor places, int[] shape) {
    int depth = places.shape()[places.shape().length - 1];
    int[] strides = Shapes.strides(shape);
    int[] at = places.ints();
    int[] starts = new int[Shapes.size(places.shape(), 0, places.shape().length - 1)];
    for (int k = 0; k < starts.length; k++) {
      for (int d = 0; d < depth; d++) {
        int place = at[k * depth + d];
        if (place < 0 || place >= shape[d]) {
          throw new IllegalArgumentException(
              "indices[%s] = %s is not in [0, %s)".formatted(k, place, shape[d]));
        }
        starts[k] += place * strides[d];
      }
    }
    return starts;
  }
}
