package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;

import io.rankline.export.graph.Shapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Operations on each number by itself; shapes are repeated where they are 1. */
final class NumberOperations {

  /** Of two floats. */
  private interface Floats {
    float of(float x, float y);
  }

  /** Whether something holds for two numbers by their order; NaN is in no order. */
  private interface Order {
    boolean of(int sign);
  }

  private NumberOperations() {}

  static Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put("Relu", unary(x -> Math.max(x, 0)));
    table.put("Tanh", unary(Math::tanh));
    table.put("Sigmoid", unary(x -> 1 / (1 + Math.exp(-x))));
    table.put("Softplus", unary(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))));
    table.put("Exp", unary(Math::exp));
    table.put("Abs", unary(Math::abs));
    table.put("Sqrt", unary(Math::sqrt));
    table.put("Sign", unary(Math::signum));
    table.put("Log1p", unary(Math::log1p));
    table.put("AddV2", binary(Float::sum, Long::sum));
    table.put("Sub", binary((x, y) -> x - y, (x, y) -> x - y));
    table.put("Mul", binary((x, y) -> x * y, (x, y) -> x * y));
    table.put("RealDiv", binary((x, y) -> x / y, NumberOperations::none));
    table.put("FloorDiv", binary((x, y) -> (float) Math.floor(x / y), Math::floorDiv));
    table.put("Minimum", binary(Math::min, Math::min));
    table.put("Maximum", binary(Math::max, Math::max));
    table.put("Less", compared(sign -> sign < 0));
    table.put("LessEqual", compared(sign -> sign <= 0));
    table.put("Greater", compared(sign -> sign > 0));
    table.put("GreaterEqual", compared(sign -> sign >= 0));
    table.put("Equal", compared(sign -> sign == 0));
    table.put("LogicalAnd", (attributes, inputs) -> List.of(both(inputs.get(0), inputs.get(1))));
    table.put("IsNan", (attributes, inputs) -> List.of(isNan(inputs.get(0))));
    table.put("SelectV2", (attributes, inputs) -> List.of(selected(inputs)));
    table.put("CheckNumerics", (attributes, inputs) -> List.of(checked(attributes, inputs.get(0))));
    table.put("Cast", (attributes, inputs) -> List.of(cast(inputs.get(0), attributes)));
    return table;
  }

  private static long none(long x, long y) {
    throw new IllegalArgumentException("not for integers");
  }

  private static Operation unary(DoubleUnaryOperator function) {
    return (attributes, inputs) -> {
      float[] x = inputs.get(0).floats();
      float[] result = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        result[i] = (float) function.applyAsDouble(x[i]);
      }
      return List.of(Tensor.of(result, inputs.get(0).shape()));
    };
  }

  private static Operation binary(Floats ofFloats, LongBinaryOperator ofLongs) {
    return (attributes, inputs) -> {
      int[] shape = Shapes.common(inputs.get(0).shape(), inputs.get(1).shape());
      int[] left = Shapes.repeated(inputs.get(0).shape(), shape);
      int[] right = Shapes.repeated(inputs.get(1).shape(), shape);
      if (inputs.get(0).isFloat()) {
        float[] x = inputs.get(0).floats();
        float[] y = inputs.get(1).floats();
        float[] result = new float[left.length];
        for (int i = 0; i < result.length; i++) {
          result[i] = ofFloats.of(x[left[i]], y[right[i]]);
        }
        return List.of(Tensor.of(result, shape));
      }
      long[] x = inputs.get(0).longs();
      long[] y = inputs.get(1).longs();
      long[] result = new long[left.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = ofLongs.applyAsLong(x[left[i]], y[right[i]]);
      }
      return List.of(Tensor.of(inputs.get(0).type(), result, shape));
    };
  }

  private static Operation compared(Order order) {
    return (attributes, inputs) -> {
      int[] shape = Shapes.common(inputs.get(0).shape(), inputs.get(1).shape());
      int[] left = Shapes.repeated(inputs.get(0).shape(), shape);
      int[] right = Shapes.repeated(inputs.get(1).shape(), shape);
      boolean[] result = new boolean[left.length];
      boolean isFloat = inputs.get(0).isFloat();
      for (int i = 0; i < result.length; i++) {
        if (isFloat) {
          float x = inputs.get(0).floats()[left[i]];
          float y = inputs.get(1).floats()[right[i]];
          result[i] = !Float.isNaN(x) && !Float.isNaN(y) && order.of(x == y ? 0 : x < y ? -1 : 1);
        } else {
          long x = inputs.get(0).longs()[left[i]];
          long y = inputs.get(1).longs()[right[i]];
          result[i] = order.of(Long.compare(x, y));
        }
      }
      return List.of(Tensor.of(result, shape));
    };
  }

  private static Tensor both(Tensor left, Tensor right) {
    boolean[] both = left.truths().clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= right.truths()[i];
    }
    return Tensor.of(both, left.shape());
  }

  private static Tensor isNan(Tensor x) {
    boolean[] result = new boolean[x.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = Float.isNaN(x.floats()[i]);
    }
    return Tensor.of(result, x.shape());
  }

  private static Tensor selected(List<Tensor> inputs) {
    int[] shape =
        Shapes.common(
            Shapes.common(inputs.get(0).shape(), inputs.get(1).shape()), inputs.get(2).shape());
    int[] conditions = Shapes.repeated(inputs.get(0).shape(), shape);
    int[] left = Shapes.repeated(inputs.get(1).shape(), shape);
    int[] right = Shapes.repeated(inputs.get(2).shape(), shape);
    Object result = Tensor.room(inputs.get(1).type(), conditions.length);
    for (int i = 0; i < conditions.length; i++) {
      boolean isLeft = inputs.get(0).truths()[conditions[i]];
      System.arraycopy(
          inputs.get(isLeft ? 1 : 2).values(), isLeft ? left[i] : right[i], result, i, 1);
    }
    return new Tensor(inputs.get(1).type(), shape, result);
  }

  private static Tensor checked(Attributes attributes, Tensor x) {
    for (float value : x.floats()) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "%s : Tensor had %s".formatted(attributes.bytes("message").toStringUtf8(), value));
      }
    }
    return x;
  }

  private static Tensor cast(Tensor x, Attributes attributes) {
    if (attributes.type("DstT") != DT_FLOAT) {
      long[] longs = new long[x.size()];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = x.values() instanceof boolean[] truths ? truths[i] ? 1 : 0 : x.longs()[i];
      }
      return Tensor.of(attributes.type("DstT"), longs, x.shape());
    }
    float[] result = new float[x.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = x.values() instanceof boolean[] truths ? truths[i] ? 1 : 0 : x.longs()[i];
    }
    return Tensor.of(result, x.shape());
  }
}
