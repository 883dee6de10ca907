package io.rankline.io.tensor.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFileException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Numbers of the datasets of a file. */
final class StoredValues {

  /** Bytes that a byte of the densest packing, gzip, stands for at most. */
  private static final long DENSEST_PACKING = 1032;

  private static final int HALF_EXPONENT_BITS = 5;
  private static final int FLOAT_EXPONENT_BITS = 8;
  private static final int DOUBLE_EXPONENT_BITS = 11;

  private final String path;
  private final long length;

  /**
   * For a file.
   *
   * @param path for messages
   * @param length in bytes
   */
  StoredValues(String path, long length) {
    this.path = path;
    this.length = length;
  }

  /** The type of a dataset in a word. */
  static String type(Dataset dataset) {
    DataType type = dataset.getDataType();
    if (type instanceof FloatingPoint number) {
      return "a float of %s bits".formatted(number.getBitPrecision());
    }
    return type instanceof OrderedDataType
        ? dataset.getJavaType().getSimpleName().toLowerCase(Locale.ROOT)
        : type.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** A dataset as a tensor; empty where its numbers are not of floating point, or not numbers. */
  Optional<StoredTensor> read(String name, Dataset dataset) throws TensorFileException {
    if (!isRead(dataset) && !UntypedNumbers.isIn(dataset)) {
      return Optional.empty();
    }
    if (dataset.getSizeInBytes() / DENSEST_PACKING > length) {
      throw new TensorFileException(
          path, "tensor '%s' has more numbers than the file can hold".formatted(name));
    }
    float[] values =
        dataset.getSize() == 0
            ? new float[0]
            : UntypedNumbers.isIn(dataset) ? UntypedNumbers.of(dataset) : decoded(dataset);
    return Optional.of(
        new StoredTensor(name, Arrays.stream(dataset.getDimensions()).boxed().toList(), values));
  }

  private static float[] decoded(Dataset dataset) {
    Object data = dataset.getDataFlat();
    if (data instanceof float[] floats) {
      return floats;
    }
    if (data instanceof double[] doubles) {
      float[] values = new float[doubles.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles[i];
      }
      return values;
    }
    return new float[] {((Number) data).floatValue()}; // of no dimension
  }

  /** By size and exponent: jHDF takes every float of 16 bits for a float16. */
  private static boolean isRead(Dataset dataset) {
    if (!(dataset.getDataType() instanceof FloatingPoint number) || dataset.isVariableLength()) {
      return false;
    }
    return switch (number.getSize()) {
      case Short.BYTES -> number.getExponentSize() == HALF_EXPONENT_BITS;
      case Float.BYTES -> number.getExponentSize() == FLOAT_EXPONENT_BITS;
      case Double.BYTES -> number.getExponentSize() == DOUBLE_EXPONENT_BITS;
      default -> false;
    };
  }
}
