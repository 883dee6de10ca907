package io.rankline.data;

import java.io.Serializable;
import java.util.List;

/**
 * The place of one fixed-length float feature in the dense block of a list.
 *
 * @param name feature name
 * @param offset its first column in [0, F), or [0, C) for a context feature
 * @param width number of columns, the product of its shape
 * @param padding value of each of its columns where an item is padding; {@code width} values
 */
public record DenseColumns(String name, int offset, int width, List<Float> padding)
    implements Serializable {

  public DenseColumns {
    padding = List.copyOf(padding);
    if (padding.size() != width) {
      throw new IllegalArgumentException(
          "padding of '%s' must have %s values, got %s".formatted(name, width, padding.size()));
    }
  }
}
