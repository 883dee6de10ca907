package io.rankline.model.layer.loss;

import io.rankline.loss.LossObjective;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A ranking loss as the output layer of a network. DL4J asks for the gradient first and for the
 * score of the same step afterwards, so the value found with the gradient is kept until input,
 * labels or weights change.
 */
public final class ListwiseLossLayer extends AbstractLayer<NoParamLayer>
    implements IOutputLayer, ReplicatedLoss {

  private final transient BatchLoss loss;
  private final double taskWeight;
  private @Nullable INDArray labels;

  /** Loss of the present input, not weighted; null where it is not computed yet. */
  private @Nullable Double known;

  private double score;

  /**
   * A loss layer.
   *
   * @param taskWeight factor of loss and gradient
   */
  public ListwiseLossLayer(
      NeuralNetConfiguration conf, DataType dataType, LossObjective objective, double taskWeight) {
    super(conf, dataType);
    this.loss = new BatchLoss(objective);
    this.taskWeight = taskWeight;
  }

  @Override
  public LossObjective objective() {
    return loss.objective();
  }

  @Override
  public void listNumbers(long @Nullable [] numbers) {
    loss.listNumbers(numbers);
  }

  @Override
  public double[] denominators() {
    return loss.denominators();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    return workspaceMgr.dup(ArrayType.ACTIVATIONS, input, 'c');
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      @Nullable INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    INDArray gradient =
        workspaceMgr.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    known =
        loss.valueAndGradient(
            input, requireLabels(), maskArray, iterationCount, taskWeight, gradient);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  public double computeScore(
      double regularization, boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    if (known == null) {
      known = loss.value(input, requireLabels(), maskArray, iterationCount);
    }
    score = taskWeight * known + regularization;
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    double[] values = loss.valueOfEachList(input, requireLabels(), maskArray, iterationCount);
    INDArray scores =
        workspaceMgr.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), new long[] {values.length, 1}, 'c');
    for (int b = 0; b < values.length; b++) {
      scores.putScalar(b, 0, taskWeight * values[b] + regularization);
    }
    return scores;
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaceMgr) {
    super.setInput(newInput, workspaceMgr);
    known = null;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // another array may hold other labels
  public void setLabels(@Nullable INDArray newLabels) {
    if (labels != newLabels) {
      known = null;
    }
    labels = newLabels;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // another array may hold other weights
  public void setMaskArray(@Nullable INDArray weights) {
    if (maskArray != weights) {
      known = null;
    }
    super.setMaskArray(weights);
  }

  /** Masks of features are none of the loss's weights. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      @Nullable INDArray mask, @Nullable MaskState state, int minibatchSize) {
    return new Pair<>(mask, state);
  }

  /** Lets go of the labels; they belong to the data set and are left as they are. */
  @Override
  public void clear() {
    super.clear();
    labels = null;
    known = null;
  }

  @Override
  public @Nullable INDArray getLabels() {
    return labels;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public Gradient gradient() {
    return new DefaultGradient();
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}

  @Override
  @Deprecated
  public int numLabels() {
    return Math.toIntExact(requireLabels().size(1));
  }

  @Override
  public double f1Score(DataSet data) {
    throw noClassifier();
  }

  @Override
  public double f1Score(INDArray examples, INDArray wanted) {
    throw noClassifier();
  }

  @Override
  public int[] predict(INDArray examples) {
    throw noClassifier();
  }

  @Override
  public List<String> predict(DataSet data) {
    throw noClassifier();
  }

  @Override
  public void fit(DataSetIterator data) {
    throw noClassifier();
  }

  @Override
  public void fit(INDArray examples, INDArray wanted) {
    throw noClassifier();
  }

  @Override
  public void fit(DataSet data) {
    throw noClassifier();
  }

  @Override
  public void fit(INDArray examples, int[] wanted) {
    throw noClassifier();
  }

  private INDArray requireLabels() {
    if (labels == null) {
      throw new IllegalStateException("a ranking loss needs labels " + layerId());
    }
    return labels;
  }

  private static UnsupportedOperationException noClassifier() {
    return new UnsupportedOperationException(
        "a ranking loss has no classes and no parameters; train and evaluate the network");
  }
}
