package io.rankline.model.input;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The type of a batch of one feature, as TensorFlow's {@code TensorSpec} and {@code
 * RaggedTensorSpec} give it.
 *
 * @param shape dimensions with the batch first: [B, ...] of a context feature, [B, L, ...] of an
 *     example feature; {@link #ANY} for one that is not known
 * @param dtype type of every value
 * @param ragged whether items have different numbers of values
 */
public record TypeSpec(List<Integer> shape, DType dtype, boolean ragged) implements Serializable {

  /** A dimension that is not known: TensorFlow's {@code None}. */
  public static final int ANY = -1;

  public TypeSpec {
    shape = List.copyOf(shape);
    if (shape.isEmpty()) {
      throw new IllegalArgumentException("shape must start with the batch, got []");
    }
  }

  /** A {@code TensorSpec}. */
  public static TypeSpec tensor(DType dtype, Integer... shape) {
    return new TypeSpec(Arrays.asList(shape), dtype, false);
  }

  /** A {@code RaggedTensorSpec}. */
  public static TypeSpec ragged(DType dtype, Integer... shape) {
    return new TypeSpec(Arrays.asList(shape), dtype, true);
  }

  /**
   * The feature whose batches have this type.
   *
   * @param outer number of dimensions before those of one value: 1 in the context, 2 in examples
   */
  FeatureSpec feature(String name, int outer) {
    if (shape.size() < outer) {
      throw new IllegalArgumentException(
          "type of '%s' must have %s dimensions or more, got %s".formatted(name, outer, shape));
    }
    List<Integer> own = shape.subList(outer, shape.size());
    if (!own.contains(ANY)) {
      return new FixedLenFeature(own, dtype, List.of());
    }
    if (!ragged || own.size() != 1) {
      throw new IllegalArgumentException(
          "type of '%s' must know the dimensions of a value, or be ragged with one that it does not"
                  .formatted(name)
              + " know, got "
              + shape);
    }
    return new RaggedFeature(dtype);
  }
}
