package io.rankline.export.onnx.interpreter;

import io.rankline.export.graph.Shapes;
import io.rankline.export.onnx.proto.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Operations on each number, or on pairs of them. */
final class NumberOperations {

  private NumberOperations() {}

  static Map<String, Operation> all() {
    Map<String, Operation> all = new HashMap<>();
    all.put("Relu", ofEach(x -> Math.max(x, 0)));
    all.put("Tanh", ofEach(Math::tanh));
    all.put("Sigmoid", ofEach(x -> 1 / (1 + Math.exp(-x))));
    all.put("Softplus", ofEach(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))));
    all.put("Exp", ofEach(Math::exp));
    all.put("Log", ofEach(Math::log));
    all.put("Abs", ofEach(Math::abs));
    all.put("Sqrt", ofEach(Math::sqrt));
    all.put("Sign", ofEach(Math::signum));
    all.put("IsNaN", node -> each(node.input(0), DataType.BOOL, x -> Double.isNaN(x) ? 1 : 0));
    all.put("Add", ofPairs(Double::sum));
    all.put("Sub", ofPairs((x, y) -> x - y));
    all.put("Mul", ofPairs((x, y) -> x * y));
    all.put("Div", ofPairs((x, y) -> x / y));
    all.put("Min", ofPairs(Math::min));
    all.put("Max", ofPairs(Math::max));
    all.put("Less", compared((x, y) -> x < y ? 1 : 0));
    all.put("GreaterOrEqual", compared((x, y) -> x >= y ? 1 : 0));
    all.put("Equal", compared((x, y) -> x == y ? 1 : 0));
    all.put("And", compared((x, y) -> x != 0 && y != 0 ? 1 : 0));
    all.put("Where", NumberOperations::where);
    all.put("Cast", NumberOperations::cast);
    return all;
  }

  private static Operation ofEach(DoubleUnaryOperator function) {
    return node -> each(node.input(0), node.input(0).type(), function);
  }

  private static Operation ofPairs(DoubleBinaryOperator function) {
    return node -> pairs(node.input(0), node.input(1), node.input(0).type(), function);
  }

  private static Operation compared(DoubleBinaryOperator function) {
    return node -> pairs(node.input(0), node.input(1), DataType.BOOL, function);
  }

  private static Tensor each(Tensor x, DataType type, DoubleUnaryOperator function) {
    return Tensor.of(type, x.shape(), i -> function.applyAsDouble(x.number(i)));
  }

  private static Tensor pairs(Tensor x, Tensor y, DataType type, DoubleBinaryOperator function) {
    requireOneType(x, y);
    int[] shape = Shapes.common(x.shape(), y.shape());
    int[] left = Shapes.repeated(x.shape(), shape);
    int[] right = Shapes.repeated(y.shape(), shape);
    return Tensor.of(
        type, shape, i -> function.applyAsDouble(x.number(left[i]), y.number(right[i])));
  }

  private static Tensor where(Node node) {
    Tensor condition = node.input(0);
    Tensor x = node.input(1);
    Tensor y = node.input(2);
    requireOneType(x, y);
    int[] shape = Shapes.common(condition.shape(), Shapes.common(x.shape(), y.shape()));
    int[] places = Shapes.repeated(condition.shape(), shape);
    int[] left = Shapes.repeated(x.shape(), shape);
    int[] right = Shapes.repeated(y.shape(), shape);
    for (int i = 0; i < places.length; i++) {
      places[i] = condition.number(places[i]) != 0 ? left[i] : x.size() + right[i];
    }
    return Tensor.joined(List.of(x, y)).at(places, shape);
  }

  private static Tensor cast(Node node) {
    DataType type = DataType.forNumber(Math.toIntExact(node.integer("to")));
    if (type == null) {
      throw new IllegalArgumentException("type %s is not known".formatted(node.integer("to")));
    }
    return each(node.input(0), type, x -> x);
  }

  private static void requireOneType(Tensor x, Tensor y) {
    if (x.type() != y.type()) {
      throw new IllegalArgumentException("%s and %s are of two types".formatted(x, y));
    }
  }
}
