package io.rankline.export.graph;

import io.rankline.frozen.step.Additive;
import io.rankline.frozen.step.Attend;
import io.rankline.frozen.step.Cross;
import io.rankline.frozen.step.DenseLayer;
import io.rankline.frozen.step.Layer;
import io.rankline.frozen.step.Normalize;
import io.rankline.frozen.step.NormalizeRows;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Plan.Computed;
import io.rankline.frozen.step.Pool;
import io.rankline.frozen.step.Residual;
import io.rankline.frozen.step.Scaling;
import io.rankline.frozen.step.SideBySide;
import io.rankline.frozen.step.SoftmaxSum;
import io.rankline.frozen.step.Step;
import io.rankline.frozen.step.TreeSum;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.frozen.step.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers of a network as operations. */
public final class NetworkGraph {

  private final Operators to;
  private final Activations activations;
  private final Map<Integer, String> tensors = new HashMap<>();

  private NetworkGraph(Operators to) {
    this.to = to;
    this.activations = new Activations(to);
  }

  /**
   * Writes a network.
   *
   * @param layers as {@code RankingModel.layers()} gives them
   * @param dense the tensors of its inputs that are no tokens, in their order
   * @return the tensors of its outputs, [R, M]
   */
  public static List<String> write(Plan layers, List<String> dense, Operators to) {
    NetworkGraph graph = new NetworkGraph(to);
    int k = 0;
    for (Value input : layers.inputs()) {
      if (input.width() > 0) {
        graph.tensors.put(input.place(), dense.get(k++));
      }
    }
    for (Computed computed : layers.steps()) {
      graph.tensors.put(computed.value().place(), graph.tensor(computed.step()));
    }
    return layers.outputs().stream().map(graph::of).toList();
  }

  private String tensor(Step step) {
    if (step instanceof DenseLayer dense) {
      return layer(of(dense.input()), dense.layer());
    } else if (step instanceof SideBySide parts) {
      return sideBySide(parts);
    } else if (step instanceof Normalize norm) {
      return scaled(of(norm.input()), norm.scaling());
    } else if (step instanceof NormalizeRows norm) {
      return normalized(norm);
    } else if (step instanceof Residual residual) {
      return to.binary(Binary.PLUS, of(residual.branch()), of(residual.trunk()));
    } else if (step instanceof Cross cross) {
      return crossed(cross);
    } else if (step instanceof Additive additive) {
      Value weights = additive.weights();
      String terms = of(additive.terms());
      return to.sum(weights == null ? terms : to.binary(Binary.TIMES, terms, of(weights)));
    } else if (step instanceof SoftmaxSum sum) {
      return softmaxes(sum);
    } else if (step instanceof Attend attend) {
      return to.attend(of(attend.input()), attend.heads(), attend.keyDim());
    } else if (step instanceof Pool pool) {
      return to.pooled(pool.feature(), pool.table(), pool.width(), pool.pooling());
    } else if (step instanceof TreeSum sum) {
      return trees(sum);
    }
    throw new UnknownLayerException(
        "the model has %s, which has no form for other engines; serve it with rankline serve"
            .formatted(step.getClass().getSimpleName()));
  }

  private String of(Value value) {
    String tensor = tensors.get(value.place());
    if (tensor == null) {
      throw new IllegalArgumentException("the ids of a token feature are read as numbers");
    }
    return tensor;
  }

  private String layer(String input, Layer layer) {
    int share = layer.outputs() / layer.groups().length;
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = 0;
    for (int width : layer.groups()) {
      String x = layer.groups().length == 1 ? input : to.columns(input, from, from + width);
      parts.add(to.product(x, to.matrix(width, share, byRows(layer.weights(), at, width, share))));
      from += width;
      at += width * share;
    }
    String product = parts.size() == 1 ? parts.get(0) : to.sideBySide(parts);
    String out =
        activations.write(
            layer.activation(), to.binary(Binary.PLUS, product, to.row(layer.bias())));
    Scaling after = layer.after();
    return after == null ? out : scaled(out, after);
  }

  /** A matrix row by row that stands there column by column. */
  private static float[] byRows(float[] columns, int at, int rows, int width) {
    float[] matrix = new float[rows * width];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        matrix[i * width + j] = columns[at + j * rows + i];
      }
    }
    return matrix;
  }

  private String sideBySide(SideBySide step) {
    List<String> parts = new ArrayList<>();
    for (Value part : step.parts()) {
      parts.add(part.axis() == step.axis() ? of(part) : to.ofItems(of(part)));
    }
    return parts.size() == 1 ? parts.get(0) : to.sideBySide(parts);
  }

  private String scaled(String x, Scaling scaling) {
    return to.binary(
        Binary.PLUS,
        to.binary(Binary.TIMES, x, to.row(scaling.factors())),
        to.row(scaling.offsets()));
  }

  private String normalized(NormalizeRows norm) {
    int width = norm.input().width();
    String x = of(norm.input());
    String off = to.binary(Binary.MINUS, x, mean(x, width));
    String variance = mean(to.binary(Binary.TIMES, off, off), width);
    String deviation =
        to.unary(Unary.SQRT, to.binary(Binary.PLUS, variance, to.row((float) norm.epsilon())));
    return scaled(to.binary(Binary.OVER, off, deviation), new Scaling(norm.gain(), norm.bias()));
  }

  private String mean(String x, int width) {
    return to.binary(Binary.OVER, to.sum(x), to.row(width));
  }

  private String crossed(Cross cross) {
    String h = of(cross.hidden());
    String sum = to.binary(Binary.PLUS, to.binary(Binary.TIMES, h, of(cross.context())), h);
    return cross.isRectified() ? to.unary(Unary.RELU, sum) : sum;
  }

  private String trees(TreeSum sum) {
    String rows = of(sum.input());
    return sum.trees().count() == 0
        ? to.binary(Binary.TIMES, to.columns(rows, 0, 1), to.row(0))
        : to.trees(rows, sum.input().width(), TreeLevels.of(sum.trees()));
  }

  private String softmaxes(SoftmaxSum step) {
    int width = step.input().width() / step.towers();
    String input = of(step.input());
    String sum = to.softmax(to.columns(input, 0, width));
    for (int k = 1; k < step.towers(); k++) {
      sum = to.binary(Binary.PLUS, sum, to.softmax(to.columns(input, k * width, (k + 1) * width)));
    }
    return sum;
  }
}
