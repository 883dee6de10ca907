package io.rankline.model.layer;

import io.rankline.model.layer.trained.GainAndBias;
import io.rankline.model.layer.trained.LayerNormalizationLayer;
import io.rankline.model.layer.trained.RowsLayer;
import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Normalises every row by its own mean and variance.
 *
 * <pre>
 *   y = gain * (x - mean(x)) / sqrt(variance(x) + epsilon) + bias
 * </pre>
 *
 * <p>The variance is that of the population (divided by the width). Gain starts at 1 and bias at 0;
 * neither is regularized. Input and output have shape [N, width].
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al., Layer normalization, 2016</a>
 */
public final class LayerNormalization extends RowsLayer {

  /** Epsilon of attention over documents in TensorFlow Ranking. */
  public static final double DOCUMENT_INTERACTION_EPSILON = 1e-12;

  /** Epsilon of the transformer in allRank. */
  public static final double TRANSFORMER_EPSILON = 1e-6;

  private double epsilon;

  /** For DL4J's JSON. */
  @SuppressWarnings("unused")
  private LayerNormalization() {}

  /**
   * Layer normalisation.
   *
   * @param width columns of the rows, 1 or more
   * @param epsilon added to the variance, above 0
   */
  @SuppressWarnings("NullAway") // null leaves the setting to the network's
  public LayerNormalization(int width, double epsilon) {
    this.nIn = Checked.positive("width", width);
    this.nOut = width;
    this.epsilon = Checked.aboveZero("epsilon", epsilon);
    this.gradientNormalization = null;
    this.gradientNormalizationThreshold = Double.NaN;
  }

  /** What is added to the variance. Without it DL4J's JSON would leave epsilon out. */
  public double getEpsilon() {
    return epsilon;
  }

  @Override
  protected LayerNormalizationLayer layer(NeuralNetConfiguration network, DataType dataType) {
    return new LayerNormalizationLayer(network, dataType, epsilon);
  }

  @Override
  public ParamInitializer initializer() {
    return GainAndBias.INSTANCE;
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J says null for no regularization
  public List<Regularization> getRegularizationByParam(String parameter) {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LayerNormalization that
        && super.equals(other)
        && epsilon == that.epsilon;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Double.hashCode(epsilon);
  }
}
