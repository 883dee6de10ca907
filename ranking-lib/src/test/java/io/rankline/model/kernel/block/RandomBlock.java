package io.rankline.model.kernel.block;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A block with input and parameters that lean towards corners, the same for every data type. */
final class RandomBlock {

  private static final int[] ROWS = {1, 2, 3, 17, 64, 257, 1900};
  private static final int[] WIDTHS = {1, 2, 5, 16, 33, 130};

  final RowBlockSpec spec;
  final int rows;
  private final float[] x;
  private final float[] dy;
  private final SplittableRandom random;
  private final float[] weights;
  private final float[] bias;
  private final float[] gamma;
  private final float[] beta;
  private final float[] mean;
  private final float[] variance;

  RandomBlock(long seed) {
    random = new SplittableRandom(seed);
    rows = ROWS[random.nextInt(ROWS.length)];
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1;
    int[] widths = new int[groups];
    Arrays.setAll(widths, g -> groups == 1 ? width() : 1 + random.nextInt(9));
    boolean dense = random.nextInt(6) > 0;
    NormPlace norm =
        dense
            ? List.of(NormPlace.values()).get(random.nextInt(NormPlace.values().length))
            : NormPlace.BEFORE_ACTIVATION;
    boolean relu = random.nextBoolean();
    spec =
        new RowBlockSpec(
            dense ? widths : new int[0],
            groups == 1 ? width() : groups * (1 + random.nextInt(17)),
            norm,
            1e-3,
            new RunningAverage(0.9, seed % 2 == 0),
            relu ? new ActivationReLU() : new ActivationIdentity(),
            dense || relu ? 0 : random.nextInt(2) * 0.3,
            random.nextInt(2) * 0.4,
            seed);
    x = normals(rows * spec.inputs());
    spoilColumns();
    dy = normals(rows * spec.outputs());
    weights = normals(Math.toIntExact(spec.weights()));
    bias = normals(spec.outputs());
    gamma = normals(spec.outputs());
    beta = normals(spec.outputs());
    mean = normals(spec.outputs());
    variance = normals(spec.outputs());
    for (int j = 0; j < variance.length; j++) {
      variance[j] = variance[j] * variance[j];
    }
  }

  /** Columns of zeros, columns of one value, and columns far from 0. */
  private void spoilColumns() {
    int width = spec.inputs();
    for (int j = 0; j < width; j++) {
      int kind = random.nextInt(8);
      for (int r = 0; r < rows; r++) {
        int at = r * width + j;
        x[at] = kind == 0 ? 0 : kind == 1 ? 2.5f : kind == 2 ? x[at] + 20 : x[at];
      }
    }
  }

  private int width() {
    return WIDTHS[random.nextInt(WIDTHS.length)];
  }

  private float[] normals(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      // A sum of uniform numbers is normal enough.
      values[i] = (float) (random.nextDouble(-1, 1) + random.nextDouble(-1, 1));
    }
    return values;
  }

  INDArray x(DataType type) {
    return array(x, type).reshape('c', rows, spec.inputs());
  }

  INDArray dy(DataType type) {
    return array(dy, type).reshape('c', rows, spec.outputs());
  }

  BlockArrays parameters(DataType type) {
    boolean biased = spec.isDense() && spec.norm() != NormPlace.BEFORE_ACTIVATION;
    boolean norm = spec.isNormalized();
    return new BlockArrays(
        spec.isDense() ? weights(array(weights, type)) : null,
        biased ? array(bias, type) : null,
        norm ? array(gamma, type) : null,
        norm ? array(beta, type) : null,
        norm ? array(mean, type) : null,
        norm ? array(variance, type) : null);
  }

  /** Room for gradients, full of numbers that must not stay. */
  BlockArrays gradients(DataType type) {
    BlockArrays like = parameters(type);
    return new BlockArrays(
        seven(like.weights()),
        seven(like.bias()),
        seven(like.gamma()),
        seven(like.beta()),
        seven(like.mean()),
        seven(like.variance()));
  }

  private static @Nullable INDArray seven(@Nullable INDArray array) {
    return array == null ? null : array.assign(7);
  }

  INDArray output(DataType type) {
    return Nd4j.valueArrayOf(new long[] {rows, spec.outputs()}, 7, type);
  }

  INDArray inputGradient(DataType type) {
    return Nd4j.valueArrayOf(new long[] {rows, spec.inputs()}, 7, type);
  }

  private INDArray weights(INDArray flat) {
    return spec.groupWidths().length == 1 ? flat.reshape('f', spec.inputs(), spec.outputs()) : flat;
  }

  private static INDArray array(float[] values, DataType type) {
    return Nd4j.createFromArray(values).castTo(type).dup();
  }

  @Override
  public String toString() {
    return rows + " rows, " + Arrays.toString(spec.groupWidths()) + ", " + spec;
  }
}
