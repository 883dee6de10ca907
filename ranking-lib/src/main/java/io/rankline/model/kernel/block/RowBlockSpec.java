package io.rankline.model.kernel.block;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.activations.IActivation;

/**
 * What a {@link RowBlock} computes.
 *
 * @param groupWidths input columns of each group, adding up to the inputs; every group has its own
 *     weights and an equal share of the outputs. One entry for an ordinary dense product; none for
 *     no product at all, where the input is what is normalised
 * @param outputs columns of the output
 * @param norm where batch norm stands
 * @param epsilon what is added to the variance
 * @param statistics how the running ones follow those of the batches
 * @param activation element-wise; identity for none
 * @param noise standard deviation of the Gaussian noise that training adds after batch norm and
 *     activation; 0 for none
 * @param dropout probability that training drops an output; the others are scaled up
 * @param seed of noise and dropout
 */
public record RowBlockSpec(
    int[] groupWidths,
    int outputs,
    NormPlace norm,
    double epsilon,
    RunningAverage statistics,
    IActivation activation,
    double noise,
    double dropout,
    long seed) {

  public RowBlockSpec {
    groupWidths = groupWidths.clone();
  }

  /** Columns of the input. */
  public int inputs() {
    return isDense() ? Arrays.stream(groupWidths).sum() : outputs;
  }

  /** Whether there are weights. */
  public boolean isDense() {
    return groupWidths.length > 0;
  }

  /** Whether there is batch norm. */
  public boolean isNormalized() {
    return norm != NormPlace.NONE;
  }

  /** Output columns of each group. */
  public int groupOutputs() {
    return outputs / groupWidths.length;
  }

  /** Number of weights over all groups. */
  public long weights() {
    return isDense() ? (long) inputs() * groupOutputs() : 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowBlockSpec that
        && Arrays.equals(groupWidths, that.groupWidths)
        && outputs == that.outputs
        && norm == that.norm
        && epsilon == that.epsilon
        && statistics.equals(that.statistics)
        && activation.equals(that.activation)
        && noise == that.noise
        && dropout == that.dropout
        && seed == that.seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(groupWidths), outputs, norm, activation, dropout, seed);
  }
}
