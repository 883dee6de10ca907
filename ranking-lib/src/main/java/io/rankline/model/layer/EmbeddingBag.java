package io.rankline.model.layer;

import io.rankline.feature.token.Pooling;
import io.rankline.model.layer.trained.EmbeddingBagLayer;
import io.rankline.model.layer.trained.EmbeddingTable;
import io.rankline.model.layer.trained.RowsLayer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An embedding table and the pooling of bags of its rows.
 *
 * <p>Input: ids [bags, T], from 0 to {@code rows - 1}; below 0 where a bag has fewer than T.
 * Output: [bags, columns], the mean, sum or largest of a bag's rows of the table; 0 for an empty
 * bag. The input gets no gradient. {@link TokenBags} makes its input of token features.
 *
 * <p>Its parameter {@code W} is the table [rows, columns]; its initial values are uniform in
 * [-0.05, 0.05], as in Keras, unless a weight initialisation is given. The gradient of equal tokens
 * is summed in the order in which they stand, so that it is the same from run to run. It is dense:
 * a step touches the whole table, as DL4J's updaters do.
 */
public final class EmbeddingBag extends RowsLayer {

  private static final long serialVersionUID = 1;

  /** Keras's initial values lie between minus this and this. */
  private static final double INITIAL_LIMIT = 0.05;

  @JsonProperty private Pooling pooling = Pooling.MEAN;

  /** For JSON. */
  private EmbeddingBag() {}

  private EmbeddingBag(Builder builder) {
    super(builder);
    this.pooling = builder.pooling;
    initializeConstraints(builder);
  }

  /**
   * A table of {@code rows} and {@code columns}.
   *
   * @throws IllegalArgumentException for less than one of either
   */
  public static Builder builder(long rows, long columns) {
    return new Builder(rows, columns);
  }

  /** What becomes of several tokens. */
  public Pooling pooling() {
    return pooling;
  }

  @Override
  public ParamInitializer initializer() {
    return EmbeddingTable.INSTANCE;
  }

  @Override
  protected EmbeddingBagLayer layer(NeuralNetConfiguration network, DataType dataType) {
    return new EmbeddingBagLayer(network, dataType, pooling);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return InputType.feedForward(getNOut());
  }

  /** The number of rows is not the width of the input. */
  @Override
  public void setNIn(InputType inputType, boolean override) {}

  @Override
  public boolean equals(Object other) {
    return other instanceof EmbeddingBag that && super.equals(other) && pooling == that.pooling;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + pooling.hashCode();
  }

  @Override
  public String toString() {
    return "EmbeddingBag(rows=%s, columns=%s, pooling=%s)"
        .formatted(getNIn(), getNOut(), pooling.wireName());
  }

  /** Collects the settings of a table. */
  // unchecked: DL4J's build() promises any type that the caller names.
  @SuppressWarnings("unchecked")
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {

    private Pooling pooling = Pooling.MEAN;

    private Builder(long rows, long columns) {
      if (rows < 1 || columns < 1) {
        throw new IllegalArgumentException(
            "an embedding table must have 1 row and 1 column or more, got %s and %s"
                .formatted(rows, columns));
      }
      setNIn(rows);
      setNOut(columns);
      setActivationFn(Activation.IDENTITY.getActivationFunction());
      weightInit(new UniformDistribution(-INITIAL_LIMIT, INITIAL_LIMIT));
    }

    /** What becomes of several tokens; the mean by default. */
    public Builder pooling(Pooling pooling) {
      this.pooling = pooling;
      return this;
    }

    @Override
    public EmbeddingBag build() {
      return new EmbeddingBag(this);
    }
  }
}
