package io.rankline.data;

import java.io.Serializable;

/**
 * One feature that is kept in a {@link ValueColumn}.
 *
 * @param name feature name
 * @param padding a column of one row: what an item that is padding holds (no value, or the default)
 */
public record ColumnLayout(String name, ValueColumn padding) implements Serializable {

  public ColumnLayout {
    if (padding.rows() != 1) {
      throw new IllegalArgumentException(
          "padding of '%s' must be one row, got %s".formatted(name, padding.rows()));
    }
  }
}
