package io.rankline.model.kernel.block;

import io.rankline.model.kernel.BlasThreads;
import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.OpenBlas;
import io.rankline.model.kernel.Precision;
import io.rankline.model.kernel.Tile;
import io.rankline.model.kernel.packed.PackedGemm;
import io.rankline.model.kernel.packed.PackedProducts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A block in float32 on the processor.
 *
 * <p>Every worker goes through its rows panel by panel: a product of its own for the panel, then
 * the element-wise pass while the panel is in cache. Batch norm needs all rows before it can go on,
 * so training makes two passes forward (product and moments; the rest) and two backward (sums; the
 * rest with both products). No mask is kept: the zeros of relu and dropout are read off the output,
 * and other masks are drawn again.
 */
final class NativeRowBlock implements RowBlock {

  private final RowBlockSpec spec;
  private final WeightBlocks weightBlocks;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final ReusedArray products = new ReusedArray(DataType.FLOAT);
  private final PackedBlocks packed = new PackedBlocks();
  private Precision precision = Precision.FLOAT32;

  /** What the last forward pass of training leaves to its backward pass. */
  private @Nullable Training training;

  private record Training(
      int iteration,
      @Nullable NativeFloats z,
      @Nullable ColumnMoments moments,
      @Nullable Normalization norm) {}

  NativeRowBlock(RowBlockSpec spec) {
    this.spec = spec;
    boolean relu = spec.activation() instanceof ActivationReLU;
    Dropout dropout =
        spec.dropout() > 0 ? new Dropout(spec.dropout(), spec.seed(), spec.outputs()) : null;
    weightBlocks = new WeightBlocks(spec);
    forward = new ForwardPass(spec, relu, dropout);
    backward = new BackwardPass(spec, relu, dropout, weightBlocks);
    OpenBlas.logKernel();
  }

  /** Whether this way of computing has what the block needs. */
  static boolean computes(RowBlockSpec spec) {
    boolean relu = spec.activation() instanceof ActivationReLU;
    // Noise comes after relu, and its zeros could not be read off the output.
    return relu ? spec.noise() == 0 : spec.activation() instanceof ActivationIdentity;
  }

  @Override
  public void use(Precision precision) {
    this.precision = precision;
  }

  @Override
  public void train(BlockArrays parameters, INDArray x, int iteration, INDArray y) {
    NativeFloats in = NativeFloats.ofRows(x);
    NativeFloats out = NativeFloats.of(y);
    int rows = Math.toIntExact(x.size(0));
    List<WeightBlock> weights = blocks(parameters);
    PackedGemm gemm = PackedProducts.in(precision);
    List<? extends PanelProducts> blocks = gemm == null ? weights : packed.forward(gemm, weights);
    float[] bias = bias(parameters);
    BlasThreads.hold(
        () -> {
          if (!spec.isNormalized()) {
            forward.withoutNorm(in, blocks, bias, iteration, out, rows);
            training = new Training(iteration, null, null, null);
            return;
          }
          NativeFloats z = spec.isDense() ? NativeFloats.of(products.of(rows, spec.outputs())) : in;
          ColumnMoments moments = forward.productAndMoments(in, blocks, bias, z, rows);
          Normalization norm = Normalization.ofBatch(moments, parameters, spec.epsilon());
          forward.normalizeAll(z, norm, iteration, out, rows);
          training = new Training(iteration, z, moments, norm);
        });
  }

  @Override
  public void infer(BlockArrays parameters, INDArray x, INDArray y) {
    Normalization norm =
        spec.isNormalized() ? Normalization.running(parameters, spec.epsilon()) : null;
    BlasThreads.hold(
        () ->
            forward.infer(
                NativeFloats.ofRows(x),
                blocks(parameters),
                bias(parameters),
                norm,
                NativeFloats.of(y),
                Math.toIntExact(x.size(0))));
  }

  @Override
  public void backward(
      BlockArrays parameters,
      INDArray x,
      INDArray y,
      INDArray dy,
      BlockArrays gradients,
      @Nullable INDArray dx) {
    Training forwardPass = training;
    if (forwardPass == null) {
      throw new IllegalStateException("backward needs a forward pass of training before it");
    }
    BackwardPass.Inputs in =
        new BackwardPass.Inputs(
            Math.toIntExact(x.size(0)),
            forwardPass.iteration(),
            NativeFloats.ofRows(x),
            forwardPass.z(),
            NativeFloats.of(y),
            NativeFloats.ofRows(dy));
    List<WeightBlock> weights = blocks(parameters);
    PackedGemm gemm = PackedProducts.in(precision);
    List<? extends PanelProducts> blocks = gemm == null ? weights : packed.backward(gemm, weights);
    float[] weightGradient = spec.isDense() ? new float[weightBlocks.size()] : null;
    float[] biasGradient = gradients.bias() == null ? null : new float[spec.outputs()];
    BlasThreads.hold(
        () ->
            backward.products(
                in,
                normGradient(in, forwardPass, parameters, gradients),
                blocks,
                weightGradient,
                biasGradient,
                dx == null ? null : NativeFloats.of(dx)));
    if (weightGradient != null && gradients.weights() != null) {
      weightBlocks.collect(weightGradient, gradients.weights());
    }
    if (biasGradient != null) {
      set(gradients.bias(), biasGradient);
    }
  }

  /** Fills the gradients of batch norm's parameters. */
  private BackwardPass.@Nullable NormGradient normGradient(
      BackwardPass.Inputs in, Training forwardPass, BlockArrays parameters, BlockArrays gradients) {
    Normalization norm = forwardPass.norm();
    ColumnMoments moments = forwardPass.moments();
    NativeFloats z = in.z();
    if (norm == null || moments == null || z == null) {
      return null;
    }
    int width = spec.outputs();
    double[][] sums = backward.normSums(in, z, norm);
    float[] runningMean = Normalization.heap(parameters.mean());
    float[] runningVariance = Normalization.heap(parameters.variance());
    float[] dGamma = new float[width];
    float[] dBeta = new float[width];
    float[] dMean = new float[width];
    float[] dVariance = new float[width];
    float[] tilt = new float[width];
    float[] lift = new float[width];
    double share = spec.statistics().share(forwardPass.iteration());
    for (int j = 0; j < width; j++) {
      double deviation = norm.deviation()[j];
      double slopePerRow = norm.slope()[j] / (double) in.rows();
      dBeta[j] = (float) sums[0][j];
      dGamma[j] = (float) (sums[1][j] / deviation);
      tilt[j] = (float) (slopePerRow * sums[1][j] / (deviation * deviation));
      lift[j] = (float) (slopePerRow * sums[0][j]);
      dMean[j] = (float) (share * (runningMean[j] - moments.mean(j)));
      dVariance[j] = (float) (share * (runningVariance[j] - moments.variance(j)));
    }
    set(gradients.gamma(), dGamma);
    set(gradients.beta(), dBeta);
    set(gradients.mean(), dMean);
    set(gradients.variance(), dVariance);
    return new BackwardPass.NormGradient(norm, Tile.repeat(tilt), Tile.repeat(lift));
  }

  private List<WeightBlock> blocks(BlockArrays parameters) {
    INDArray weights = parameters.weights();
    return weights == null ? List.of() : weightBlocks.of(weights);
  }

  private static float @Nullable [] bias(BlockArrays parameters) {
    return parameters.bias() == null ? null : Tile.repeat(Normalization.heap(parameters.bias()));
  }

  private static void set(@Nullable INDArray row, float[] values) {
    if (row != null) {
      NativeFloats.of(row).set(values);
    }
  }
}
