package io.rankline.io.tensor.bundle;

import io.rankline.io.tensor.FloatFormat;
import java.util.List;
import java.util.Optional;

/** Types of numbers by their number in TensorFlow's files. */
final class TensorTypes {

  private static final List<String> NAMES =
      List.of(
          "nothing",
          "float32",
          "float64",
          "int32",
          "uint8",
          "int16",
          "int8",
          "string",
          "complex64",
          "int64",
          "bool",
          "qint8",
          "quint8",
          "qint32",
          "bfloat16",
          "qint16",
          "quint16",
          "uint16",
          "complex128",
          "float16");

  private TensorTypes() {}

  /** Its name. */
  static String name(int type) {
    return type >= 0 && type < NAMES.size() ? NAMES.get(type) : "type " + type;
  }

  /** How its numbers are stored; empty for one that is not of floating point. */
  static Optional<FloatFormat> format(int type) {
    return switch (name(type)) {
      case "float32" -> Optional.of(FloatFormat.FLOAT32);
      case "float64" -> Optional.of(FloatFormat.FLOAT64);
      case "bfloat16" -> Optional.of(FloatFormat.BFLOAT16);
      case "float16" -> Optional.of(FloatFormat.FLOAT16);
      default -> Optional.empty();
    };
  }
}
