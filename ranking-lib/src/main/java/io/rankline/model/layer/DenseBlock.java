package io.rankline.model.layer;

import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.kernel.block.RowBlockSpec;
import io.rankline.model.layer.trained.RowBlockConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.weights.WeightInitXavierUniform;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dense, batch norm, activation and dropout in one layer: rows [N, nIn] to rows [N, nOut].
 *
 * <p>Parameters: W [nIn, nOut], b [nOut] unless batch norm follows it directly, and with batch norm
 * gamma, beta, and the running mean and var, [nOut] each. Initial values are Keras's: Glorot
 * uniform weights, gamma and var 1, the rest 0. Batch norm takes mean and biased variance over the
 * rows of the batch (Ioffe and Szegedy, 2015), and inference takes the running ones.
 *
 * <p>Dropout multiplies what stays by 1 / (1 - rate). What is dropped is a function of the seed,
 * the iteration, the row and the column.
 *
 * <p>With {@link Builder#groups} the layer is one small layer for each group of input columns, side
 * by side: W is then a vector, the weights of the groups one after the other.
 *
 * <p>The layer reads its output again in the backward pass: the layer above must not change it in
 * place.
 */
public final class DenseBlock extends RowBlockConfiguration {

  private static final long serialVersionUID = 1;

  @JsonProperty private NormPlace norm = NormPlace.NONE;
  @JsonProperty private double dropoutRate;
  @JsonProperty private int[] groups = {};
  @JsonProperty private boolean bias = true;

  /** For JSON. */
  private DenseBlock() {}

  private DenseBlock(Builder builder) {
    super(builder);
    norm = builder.norm;
    dropoutRate = builder.dropout;
    groups = builder.groups.clone();
    bias = builder.bias;
    if (activationFn == null) {
      activationFn = new ActivationIdentity();
    }
    if (weightInitFn == null) {
      weightInitFn = new WeightInitXavierUniform();
    }
    initializeConstraints(builder);
  }

  @Override
  protected RowBlockSpec spec(long layerSeed) {
    return new RowBlockSpec(
        groupWidths(),
        Math.toIntExact(getNOut()),
        norm,
        epsilon(),
        statistics(),
        getActivationFn(),
        0,
        dropoutRate,
        layerSeed);
  }

  @Override
  protected boolean isDense() {
    return true;
  }

  @Override
  protected boolean hasBias() {
    return bias && norm != NormPlace.BEFORE_ACTIVATION;
  }

  @Override
  protected boolean isNormalized() {
    return norm != NormPlace.NONE;
  }

  @Override
  protected int[] groupWidths() {
    return groups.length == 0 ? new int[] {Math.toIntExact(getNIn())} : groups.clone();
  }

  @Override
  public DenseBlock clone() {
    return (DenseBlock) super.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DenseBlock that
        && super.equals(other)
        && norm == that.norm
        && dropoutRate == that.dropoutRate
        && Arrays.equals(groups, that.groups)
        && bias == that.bias;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), norm, dropoutRate, Arrays.hashCode(groups), bias);
  }

  /** Options of a {@link DenseBlock}. nIn and nOut are needed; the activation is identity. */
  @SuppressWarnings("unchecked") // build() of every DL4J layer overrides a generic one
  public static final class Builder extends Options<Builder> {

    private NormPlace norm = NormPlace.NONE;
    private double dropout;
    private int[] groups = {};
    private boolean bias = true;

    /** Where batch norm stands. Default: there is none. */
    public Builder batchNorm(NormPlace place) {
      this.norm = place;
      return this;
    }

    /** Probability to drop an output in training, in [0, 1). Default 0. */
    public Builder dropout(double rate) {
      this.dropout = rate;
      return this;
    }

    /**
     * Splits the input columns into groups of these widths, which add up to nIn; each has its own
     * weights and an equal share of the outputs. Default: one group.
     */
    public Builder groups(int... widths) {
      this.groups = widths.clone();
      return this;
    }

    /**
     * Whether there is a bias. Default true. There is none in any case where batch norm directly
     * follows the product, since it would take the bias away again.
     */
    public Builder hasBias(boolean wanted) {
      this.bias = wanted;
      return this;
    }

    /**
     * The layer.
     *
     * @throws IllegalArgumentException if options are out of range, naming all that are
     */
    @Override
    public DenseBlock build() {
      check();
      return new DenseBlock(this);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected List<String> problems() {
      List<String> problems = super.problems();
      if (getNIn() < 1) {
        problems.add("nIn must be 1 or more, got " + getNIn());
      }
      if (!(dropout >= 0 && dropout < 1)) {
        problems.add("dropout must be in [0, 1), got " + dropout);
      }
      IActivation activation = getActivationFn();
      if (activation != null && activation.numParams(1) > 0) {
        problems.add("activation must have no parameters, got " + activation);
      }
      if (groups.length > 0) {
        addGroupProblems(problems);
      }
      return problems;
    }

    private void addGroupProblems(List<String> problems) {
      long sum = Arrays.stream(groups).asLongStream().sum();
      if (Arrays.stream(groups).anyMatch(width -> width < 1)) {
        problems.add("groups must be widths of 1 or more, got " + Arrays.toString(groups));
      } else if (sum != getNIn()) {
        problems.add(
            "groups must add up to nIn, %s, got %s columns in %s groups"
                .formatted(getNIn(), sum, groups.length));
      }
      if (getNOut() % groups.length != 0) {
        problems.add(
            "nOut must be a multiple of the number of groups, %s, got %s"
                .formatted(groups.length, getNOut()));
      }
    }
  }
}
