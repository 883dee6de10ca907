package io.rankline.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/** Values of the type that a param has. */
final class OptionValue {

  private OptionValue() {}

  /**
   * The value as the param takes it.
   *
   * @throws IllegalArgumentException for one of another type
   */
  static Object of(Param<?> param, Object value) {
    String text = String.valueOf(value);
    try {
      if (param instanceof IntParam) {
        return Integer.valueOf(text);
      }
      if (param instanceof LongParam) {
        return Long.valueOf(text);
      }
      if (param instanceof DoubleParam) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be a number, got '%s'".formatted(param.name(), text), e);
    }
    if (!(param instanceof BooleanParam)) {
      return text;
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(
        "%s must be true or false, got '%s'".formatted(param.name(), text));
  }
}
