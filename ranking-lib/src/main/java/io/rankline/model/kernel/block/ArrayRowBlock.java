package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.Noise;
import io.rankline.model.kernel.Precision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A block made of ND4J calls, for any backend, data type and activation.
 *
 * <p>Sums of columns are products with a row of ones, which ND4J computes many times faster than
 * sums along a dimension.
 */
final class ArrayRowBlock implements RowBlock {

  private final RowBlockSpec spec;
  private final DataType dataType;
  private final IActivation activation;
  private final @Nullable Dropout dropout;
  private final @Nullable Noise noise;

  /** The product, or the input of batch norm where the activation comes first. */
  private final ReusedArray products;

  private final ReusedArray normalized;
  private final ReusedArray gradients;
  private @Nullable Training training;

  /**
   * What the last forward pass of training leaves to its backward pass.
   *
   * @param z input of the activation where there is no batch norm before it
   * @param xHat normalised values
   */
  private record Training(
      int iteration,
      INDArray z,
      @Nullable INDArray xHat,
      @Nullable INDArray mean,
      @Nullable INDArray variance) {}

  ArrayRowBlock(RowBlockSpec spec, DataType dataType) {
    this.spec = spec;
    this.dataType = dataType;
    this.activation = spec.activation();
    this.dropout =
        spec.dropout() > 0 ? new Dropout(spec.dropout(), spec.seed(), spec.outputs()) : null;
    this.noise = spec.noise() > 0 ? new Noise(spec.noise(), spec.seed(), spec.outputs()) : null;
    this.products = new ReusedArray(dataType);
    this.normalized = new ReusedArray(dataType);
    this.gradients = new ReusedArray(dataType);
  }

  @Override
  public void use(Precision precision) {
    if (precision != Precision.FLOAT32 && spec.isDense()) {
      throw new IllegalArgumentException(
          "takes %s on the processor in float with relu or no activation, got %s of %s on %s"
              .formatted(
                  precision.wireName(),
                  activation,
                  dataType,
                  Nd4j.getBackend().getClass().getSimpleName()));
    }
  }

  @Override
  @SuppressWarnings("try")
  public void train(BlockArrays parameters, INDArray x, int iteration, INDArray y) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray z = product(parameters, x);
      y.assign(z);
      if (spec.norm() != NormPlace.BEFORE_ACTIVATION) {
        activate(y);
      }
      if (spec.isNormalized()) {
        INDArray xHat = normalized.of(x.size(0), spec.outputs()).assign(y);
        INDArray mean = columnSums(xHat).divi(x.size(0));
        xHat.subiRowVector(mean);
        INDArray variance = columnSums(xHat.mul(xHat)).divi(x.size(0));
        xHat.diviRowVector(deviation(variance));
        y.assign(xHat);
        scaleAndShift(parameters, y);
        training = new Training(iteration, z, xHat, mean, variance);
      } else {
        training = new Training(iteration, z, null, null, null);
      }
      if (spec.norm() == NormPlace.BEFORE_ACTIVATION) {
        activate(y);
      }
      draw(iteration, y);
    }
  }

  @Override
  @SuppressWarnings("try")
  public void infer(BlockArrays parameters, INDArray x, INDArray y) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      y.assign(product(parameters, x));
      if (spec.norm() != NormPlace.BEFORE_ACTIVATION) {
        activate(y);
      }
      INDArray mean = parameters.mean();
      INDArray variance = parameters.variance();
      if (mean != null && variance != null) {
        y.subiRowVector(mean);
        y.diviRowVector(deviation(variance));
        scaleAndShift(parameters, y);
      }
      if (spec.norm() == NormPlace.BEFORE_ACTIVATION) {
        activate(y);
      }
    }
  }

  @Override
  @SuppressWarnings("try")
  public void backward(
      BlockArrays parameters,
      INDArray x,
      INDArray y,
      INDArray dy,
      BlockArrays into,
      @Nullable INDArray dx) {
    Training last = training;
    if (last == null) {
      throw new IllegalStateException("backward needs a forward pass of training before it");
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray g = gradients.of(dy.size(0), spec.outputs()).assign(dy);
      if (dropout != null) {
        g.muli(dropout.factors(last.iteration(), dy.size(0), dataType));
      }
      if (spec.norm() == NormPlace.BEFORE_ACTIVATION && last.xHat() != null) {
        INDArray u = last.xHat().dup('c');
        scaleAndShift(parameters, u);
        g = activation.backprop(u, g).getFirst();
      }
      if (last.xHat() != null) {
        g = normBackward(parameters, last, g, into);
      }
      if (spec.norm() != NormPlace.BEFORE_ACTIVATION) {
        g = activation.backprop(last.z().dup('c'), g).getFirst();
      }
      if (into.bias() != null) {
        into.bias().assign(columnSums(g));
      }
      if (spec.isDense()) {
        productBackward(parameters, x.castTo(dataType), g, into, dx);
      } else if (dx != null) {
        dx.assign(g);
      }
    }
  }

  private INDArray normBackward(
      BlockArrays parameters, Training last, INDArray g, BlockArrays into) {
    INDArray xHat = require(last.xHat());
    INDArray mean = require(last.mean());
    INDArray variance = require(last.variance());
    INDArray dBeta = columnSums(g);
    INDArray dGamma = columnSums(g.mul(xHat));
    require(into.beta()).assign(dBeta);
    require(into.gamma()).assign(dGamma);
    double share = spec.statistics().share(last.iteration());
    require(into.mean()).assign(require(parameters.mean()).sub(mean).muli(share));
    require(into.variance()).assign(require(parameters.variance()).sub(variance).muli(share));
    double rows = g.size(0);
    INDArray tilted = xHat.mulRowVector(dGamma.div(rows));
    tilted.addiRowVector(dBeta.div(rows));
    g.subi(tilted);
    g.muliRowVector(require(parameters.gamma()).div(deviation(variance)));
    return g;
  }

  private INDArray product(BlockArrays parameters, INDArray x) {
    INDArray z = products.of(x.size(0), spec.outputs());
    INDArray weights = parameters.weights();
    if (weights == null) {
      return z.assign(x);
    }
    INDArray in = x.castTo(dataType);
    if (spec.groupWidths().length == 1) {
      in.mmuli(weights, z);
    } else {
      eachGroup(
          (inputs, outputs, at) ->
              at(z, outputs).assign(at(in, inputs).mmul(groupWeights(weights, inputs, at))));
    }
    if (parameters.bias() != null) {
      z.addiRowVector(parameters.bias());
    }
    return z;
  }

  private void productBackward(
      BlockArrays parameters, INDArray x, INDArray g, BlockArrays into, @Nullable INDArray dx) {
    INDArray weights = require(parameters.weights());
    INDArray dWeights = require(into.weights());
    if (spec.groupWidths().length == 1) {
      Nd4j.gemm(x, g, dWeights, true, false, 1, 0);
      if (dx != null) {
        g.mmuli(weights.transpose(), dx);
      }
      return;
    }
    eachGroup(
        (inputs, outputs, at) -> {
          INDArray part = at(g, outputs).dup('c');
          groupWeights(dWeights, inputs, at).assign(at(x, inputs).transpose().mmul(part));
          if (dx != null) {
            at(dx, inputs).assign(part.mmul(groupWeights(weights, inputs, at).transpose()));
          }
        });
  }

  /** Columns from (inclusive) to (exclusive). */
  private record Columns(int from, int to) {}

  @FunctionalInterface
  private interface Group {
    void compute(Columns inputs, Columns outputs, long firstWeight);
  }

  private void eachGroup(Group group) {
    int[] widths = spec.groupWidths();
    int size = spec.groupOutputs();
    int input = 0;
    for (int g = 0; g < widths.length; g++) {
      group.compute(
          new Columns(input, input + widths[g]),
          new Columns(g * size, (g + 1) * size),
          (long) input * size);
      input += widths[g];
    }
  }

  private static INDArray at(INDArray rows, Columns columns) {
    return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(columns.from(), columns.to()));
  }

  private INDArray groupWeights(INDArray all, Columns inputs, long firstWeight) {
    long width = (long) inputs.to() - inputs.from();
    long length = width * spec.groupOutputs();
    return all.reshape(all.length())
        .get(NDArrayIndex.interval(firstWeight, firstWeight + length))
        .reshape('f', width, spec.groupOutputs());
  }

  private void activate(INDArray values) {
    INDArray result = activation.getActivation(values, true);
    if (result != values) {
      values.assign(result);
    }
  }

  private static void scaleAndShift(BlockArrays parameters, INDArray values) {
    values.muliRowVector(require(parameters.gamma()));
    values.addiRowVector(require(parameters.beta()));
  }

  private INDArray deviation(INDArray variance) {
    return Transforms.sqrt(variance.add(spec.epsilon()), false);
  }

  private INDArray columnSums(INDArray rows) {
    INDArray ones = Nd4j.ones(dataType, 1, rows.size(0));
    return ones.mmul(rows).reshape(spec.outputs());
  }

  private void draw(int iteration, INDArray y) {
    if (noise != null) {
      y.addi(noise.values(iteration, y.size(0), dataType));
    }
    if (dropout != null) {
      y.muli(dropout.factors(iteration, y.size(0), dataType));
    }
  }

  private static <T> T require(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
