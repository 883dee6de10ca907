package io.rankline.model.layer;

import io.rankline.frozen.step.TreeCode;
import io.rankline.model.layer.trained.ForestLayer;
import io.rankline.model.layer.trained.RowsLayer;
import io.rankline.model.layer.trained.TreeParameters;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A sum of regression trees over rows, [N, nIn] to [N, 1].
 *
 * <p>Its parameter {@code W} has a row a tree, as {@link TreeCode} writes it; at first all are
 * zeros, which add nothing. Gradients change no tree: they are grown by a library of boosted trees.
 */
public final class Forest extends RowsLayer {

  private static final long serialVersionUID = 1;

  @JsonProperty private int trees;
  @JsonProperty private int depth;
  @JsonProperty private String boosting = "";

  /** For DL4J's JSON. */
  @SuppressWarnings("unused")
  private Forest() {}

  /**
   * Room for trees.
   *
   * @param width columns of the rows, 1 or more
   * @param trees number of trees at most, 1 or more
   * @param depth of each of them at most
   * @param boosting how they are grown, for those who grow them
   * @param rate the learning rate, which callbacks may change
   */
  @SuppressWarnings("NullAway") // null leaves the setting to the network's
  public Forest(int width, int trees, int depth, String boosting, IUpdater rate) {
    this.nIn = Checked.positive("width", width);
    this.nOut = 1;
    this.trees = Checked.positive("trees", trees);
    this.depth = new TreeCode(depth).depth();
    this.boosting = boosting;
    setIUpdater(rate);
    this.gradientNormalization = null;
    this.gradientNormalizationThreshold = Double.NaN;
  }

  /** How its trees are written. */
  public TreeCode code() {
    return new TreeCode(depth);
  }

  /** How its trees are grown. */
  public String boosting() {
    return boosting;
  }

  @Override
  protected ForestLayer layer(NeuralNetConfiguration network, DataType dataType) {
    return new ForestLayer(network, dataType, code());
  }

  @Override
  public ParamInitializer initializer() {
    return new TreeParameters(trees, code());
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return InputType.feedForward(1);
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J says null for no regularization
  public List<Regularization> getRegularizationByParam(String parameter) {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Forest that
        && super.equals(other)
        && trees == that.trees
        && depth == that.depth
        && boosting.equals(that.boosting);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), trees, depth, boosting);
  }
}
