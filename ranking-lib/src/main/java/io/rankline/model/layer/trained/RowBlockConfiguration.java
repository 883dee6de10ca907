package io.rankline.model.layer.trained;

import io.rankline.model.kernel.OpenBlas;
import io.rankline.model.kernel.block.RowBlock;
import io.rankline.model.kernel.block.RowBlockSpec;
import io.rankline.model.kernel.block.RunningAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of a layer that is a {@link RowBlock}, with the options that they all have. */
public abstract class RowBlockConfiguration extends RowsLayer {

  private static final long serialVersionUID = 1;

  static {
    OpenBlas.fitKernels();
  }

  /** Keras's default. */
  private static final double DEFAULT_MOMENTUM = 0.99;

  /** Keras's default. */
  private static final double DEFAULT_EPSILON = 1e-3;

  @JsonProperty private double momentum = DEFAULT_MOMENTUM;

  /** Not so in files that were written before there was a choice; those stay as they are. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private boolean momentumCorrected;

  @JsonProperty private double epsilon = DEFAULT_EPSILON;
  @JsonProperty private @Nullable Long seed;
  @JsonProperty private boolean inputGradient = true;

  /** For JSON. */
  protected RowBlockConfiguration() {}

  /** A layer with these options. */
  protected RowBlockConfiguration(Options<?> options) {
    super(options);
    momentum = options.momentum;
    momentumCorrected = options.momentumCorrected;
    epsilon = options.epsilon;
    seed = options.seed;
    inputGradient = options.inputGradient;
  }

  /** What the layer computes. */
  protected abstract RowBlockSpec spec(long layerSeed);

  /** Whether there are weights. */
  protected abstract boolean isDense();

  /** Whether there is a bias. */
  protected abstract boolean hasBias();

  /** Whether there is batch norm. */
  protected abstract boolean isNormalized();

  /** Widths of the groups of input columns; one entry for an ordinary layer. */
  protected abstract int[] groupWidths();

  /** How the running mean and variance follow those of the batches. */
  protected final RunningAverage statistics() {
    return new RunningAverage(momentum, momentumCorrected);
  }

  /** What batch norm adds to the variance. */
  public final double epsilon() {
    return epsilon;
  }

  final boolean inputGradient() {
    return inputGradient;
  }

  /** Seed of what the layer draws: its own, or one made of the network's and the layer's name. */
  private long layerSeed(NeuralNetConfiguration network) {
    Long own = seed;
    return own != null ? own : 31 * network.getSeed() + Objects.hashCode(getLayerName());
  }

  @Override
  protected final RowBlockLayer layer(NeuralNetConfiguration network, DataType dataType) {
    if (getIDropout() != null || getWeightNoise() != null) {
      throw new IllegalArgumentException(
          "layer '%s' takes neither DL4J's dropOut nor weightNoise; its own option is dropout"
              .formatted(getLayerName()));
    }
    return new RowBlockLayer(network, dataType, spec(layerSeed(network)));
  }

  @Override
  public final ParamInitializer initializer() {
    return RowBlockParameters.INSTANCE;
  }

  @Override
  public final IUpdater getUpdaterByParam(String name) {
    return RowBlockParameters.isStatistic(name) ? new NoOp() : super.getUpdaterByParam(name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowBlockConfiguration that
        && super.equals(other)
        && momentum == that.momentum
        && momentumCorrected == that.momentumCorrected
        && epsilon == that.epsilon
        && Objects.equals(seed, that.seed)
        && inputGradient == that.inputGradient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(), momentum, momentumCorrected, epsilon, seed, inputGradient);
  }

  /**
   * The options that all these layers have.
   *
   * @param <T> the builder
   */
  public abstract static class Options<T extends Options<T>> extends FeedForwardLayer.Builder<T> {

    private double momentum = DEFAULT_MOMENTUM;
    private boolean momentumCorrected;
    private double epsilon = DEFAULT_EPSILON;
    private @Nullable Long seed;
    private boolean inputGradient = true;

    protected Options() {}

    /** This builder. */
    protected abstract T self();

    /**
     * How much of its running mean and variance a step keeps, in (0, 1); the rest is the batch's.
     * Default 0.99, as in Keras.
     */
    public T batchNormMoment(double batchNormMoment) {
      this.momentum = batchNormMoment;
      return self();
    }

    /**
     * Makes the running mean and variance averages of the batches alone, without what they began
     * with. Default, as in Keras: after n steps, {@code batchNormMoment^n} of 0 and 1 is left.
     */
    public T momentumCorrected() {
      this.momentumCorrected = true;
      return self();
    }

    /** What batch norm adds to the variance, above 0. Default 0.001, as in Keras. */
    public T epsilon(double batchNormEpsilon) {
      this.epsilon = batchNormEpsilon;
      return self();
    }

    /** Seed of what the layer draws. Default: made of the network's seed and the layer's name. */
    public T seed(long drawSeed) {
      this.seed = drawSeed;
      return self();
    }

    /**
     * Whether the backward pass computes the gradient at the layer's input. False where nothing
     * below has parameters, which saves a product; the layer then hands on null. Default true.
     */
    public T inputGradient(boolean needed) {
      this.inputGradient = needed;
      return self();
    }

    /** Problems with the options, each as a sentence that names the option. */
    protected List<String> problems() {
      List<String> problems = new ArrayList<>();
      if (nOut < 1) {
        problems.add("nOut must be 1 or more, got " + nOut);
      }
      if (!(momentum > 0 && momentum < 1)) {
        problems.add("batchNormMoment must be in (0, 1), got " + momentum);
      }
      if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
        problems.add("epsilon must be above 0, got " + epsilon);
      }
      return problems;
    }

    /** Refuses options with problems, all at once. */
    protected final void check() {
      List<String> problems = problems();
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", problems));
      }
    }
  }
}
