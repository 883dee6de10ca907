package io.rankline.io.tensor;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A tensor of a file.
 *
 * @param name as the file has it: {@code dense_1/kernel}
 * @param shape its dimensions; none for a single number
 * @param values as float32, in row-major order
 */
public record StoredTensor(String name, List<Integer> shape, float[] values) {

  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** What stands before the last slash of the name: the layer that it belongs to. */
  public String layer() {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /** What stands behind the last slash of the name: what it is to its layer. */
  public String role() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Dimensions in words: {@code [136, 64]}. */
  public static String words(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
