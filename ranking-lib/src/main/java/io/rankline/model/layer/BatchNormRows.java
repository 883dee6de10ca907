package io.rankline.model.layer;

import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.kernel.block.RowBlockSpec;
import io.rankline.model.layer.trained.RowBlockConfiguration;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch norm of rows, [N, nOut] to [N, nOut], with Gaussian noise after it in training if wanted.
 *
 * <p>Parameters: gamma, beta and the running mean and var, [nOut] each. For raw features in front
 * of a tower (TF-Ranking's {@code input_batch_norm}), and for DASALC's features with noise (Qin et
 * al., 2021).
 */
public final class BatchNormRows extends RowBlockConfiguration {

  private static final long serialVersionUID = 1;

  @JsonProperty private double noiseStddev;

  /** For JSON. */
  private BatchNormRows() {}

  private BatchNormRows(Builder builder) {
    super(builder);
    noiseStddev = builder.noise;
    nIn = nOut;
    initializeConstraints(builder);
  }

  @Override
  protected RowBlockSpec spec(long layerSeed) {
    return new RowBlockSpec(
        groupWidths(),
        Math.toIntExact(getNOut()),
        NormPlace.BEFORE_ACTIVATION,
        epsilon(),
        statistics(),
        new ActivationIdentity(),
        noiseStddev,
        0,
        layerSeed);
  }

  @Override
  protected boolean isDense() {
    return false;
  }

  @Override
  protected boolean hasBias() {
    return false;
  }

  @Override
  protected boolean isNormalized() {
    return true;
  }

  @Override
  protected int[] groupWidths() {
    return new int[0];
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    super.setNIn(input, override);
    nOut = nIn;
  }

  @Override
  public BatchNormRows clone() {
    return (BatchNormRows) super.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BatchNormRows that
        && super.equals(other)
        && noiseStddev == that.noiseStddev;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), noiseStddev);
  }

  /** Options of {@link BatchNormRows}. nOut is needed. */
  @SuppressWarnings("unchecked") // build() of every DL4J layer overrides a generic one
  public static final class Builder extends Options<Builder> {

    private double noise;

    /** Standard deviation of the noise that training adds, 0 or more. Default 0. */
    public Builder noise(double stddev) {
      this.noise = stddev;
      return this;
    }

    /**
     * The layer.
     *
     * @throws IllegalArgumentException if options are out of range, naming all that are
     */
    @Override
    public BatchNormRows build() {
      check();
      return new BatchNormRows(this);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected List<String> problems() {
      List<String> problems = super.problems();
      if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
        problems.add("noise must be 0 or more, got " + noise);
      }
      return problems;
    }
  }
}
