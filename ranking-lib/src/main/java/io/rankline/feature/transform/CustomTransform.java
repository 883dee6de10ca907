package io.rankline.feature.transform;

import java.util.Map;

/**
 * The door for transforms of your own.
 *
 * <p>Best a record. Text names it by its class, which then needs a public constructor without
 * parameters, or with one {@code Map<String, String>} of options:
 *
 * <pre>{@code
 * price = { custom { class = com.example.Rounded, options { digits = "2" } } }
 * }</pre>
 */
public non-sealed interface CustomTransform extends Transform {

  @Override
  default boolean isFitted() {
    return true;
  }

  @Override
  default boolean isColumnwise() {
    return false;
  }

  /** The options that its constructor makes an equal transform of. */
  default Map<String, String> options() {
    return Map.of();
  }
}
