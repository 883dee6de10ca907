package io.rankline.model.layer.loss;

import io.rankline.loss.LossBatch;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossResult;
import io.rankline.loss.LossWorkspace;
import io.rankline.loss.Values;
import io.rankline.model.kernel.NativeFloats;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A ranking loss on ND4J arrays: copies them to the heap, where losses compute, and the gradient
 * back. Reuses its scratch space; not for several threads at once.
 */
public final class BatchLoss {

  private final LossObjective objective;
  private final LossWorkspace workspace = new LossWorkspace();
  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private double[] denominators = new double[0];
  private long @Nullable [] listNumbers;

  public BatchLoss(LossObjective objective) {
    this.objective = objective;
  }

  /** What is minimised. */
  LossObjective objective() {
    return objective;
  }

  /** Numbers of the lists of the next batch in that of all replicas; null for 0, 1, 2, ... */
  void listNumbers(long @Nullable [] numbers) {
    listNumbers = numbers;
  }

  /** What the last gradient was divided by, one for each loss of the objective. */
  double[] denominators() {
    return denominators.clone();
  }

  /**
   * The loss of a batch without its gradient.
   *
   * @param logits shape [B, L] or [B, L, M]
   * @param labels shape [B, L], -1 at padding
   * @param weights shape [B, L] for items or [B, 1] for lists; null for none
   * @param step number of the training step
   */
  public double value(INDArray logits, INDArray labels, @Nullable INDArray weights, long step) {
    return objective.evaluate(batch(logits, labels, weights, step), workspace).value();
  }

  /**
   * The loss of a batch and its gradient by the logits times {@code scale}.
   *
   * @param gradient receives the gradient; C order, shape and type of the logits
   */
  public double valueAndGradient(
      INDArray logits,
      INDArray labels,
      @Nullable INDArray weights,
      long step,
      double scale,
      INDArray gradient) {
    LossBatch batch = batch(logits, labels, weights, step);
    int length = Math.toIntExact(logits.length());
    if (length == 0) {
      return objective.evaluate(batch, workspace).value();
    }
    LossResult result;
    if (logits.dataType() == DataType.DOUBLE) {
      doubles = doubles.length == length ? doubles : new double[length];
      result = objective.evaluate(batch, workspace, doubles);
      gradient.assign(Nd4j.createFromArray(doubles).reshape('c', gradient.shape()));
    } else {
      floats = floats.length == length ? floats : new float[length];
      result = objective.evaluate(batch, workspace, floats, 0);
      if (NativeFloats.has(gradient)) {
        NativeFloats.of(gradient).set(floats);
      } else {
        gradient.assign(Nd4j.createFromArray(floats).reshape('c', gradient.shape()));
      }
    }
    if (scale != 1) {
      gradient.muli(scale);
    }
    denominators = result.denominators();
    return result.value();
  }

  /** What {@link #value} would be for each list alone, shape [B]. */
  public double[] valueOfEachList(
      INDArray logits, INDArray labels, @Nullable INDArray weights, long step) {
    double[] values = new double[Math.toIntExact(logits.size(0))];
    for (int b = 0; b < values.length; b++) {
      LossBatch.Builder list =
          builder(row(logits, b), row(labels, b), weights == null ? null : row(weights, b));
      values[b] =
          objective.evaluate(list.step(step).firstList(number(b)).build(), workspace).value();
    }
    return values;
  }

  private long number(int list) {
    return listNumbers == null ? list : listNumbers[list];
  }

  private LossBatch batch(INDArray logits, INDArray labels, @Nullable INDArray weights, long step) {
    return builder(logits, labels, weights).step(step).listNumbers(listNumbers).build();
  }

  private static LossBatch.Builder builder(
      INDArray logits, INDArray labels, @Nullable INDArray weights) {
    if (logits.rank() != 2 && logits.rank() != 3) {
      throw new IllegalArgumentException(
          "logits must have shape [batch, list] or [batch, list, outputs], got "
              + Arrays.toString(logits.shape()));
    }
    long lists = logits.size(0);
    long listSize = logits.size(1);
    if (labels.rank() != 2 || labels.size(0) != lists || labels.size(1) != listSize) {
      throw new IllegalArgumentException(
          "labels must have shape [%s, %s] like the logits, got %s"
              .formatted(lists, listSize, Arrays.toString(labels.shape())));
    }
    LossBatch.Builder batch =
        LossBatch.of(Math.toIntExact(lists), Math.toIntExact(listSize))
            .labels(values(labels))
            .scores(values(logits))
            .outputs(logits.rank() == 3 ? Math.toIntExact(logits.size(2)) : 1);
    if (weights == null) {
      return batch;
    }
    boolean fits = weights.rank() == 2 && weights.size(0) == lists;
    if (fits && weights.size(1) == 1) {
      return batch.listWeights(values(weights));
    }
    if (fits && weights.size(1) == listSize) {
      return batch.itemWeights(values(weights));
    }
    throw new IllegalArgumentException(
        "weights must have shape [%s, %s] for items or [%s, 1] for lists, got %s"
            .formatted(lists, listSize, lists, Arrays.toString(weights.shape())));
  }

  private static INDArray row(INDArray array, int b) {
    long[] shape = array.shape().clone();
    shape[0] = 1;
    return array.slice(b).reshape(shape);
  }

  private static Values values(INDArray array) {
    if (array.isEmpty()) {
      return Values.of(new double[0]);
    }
    return array.dataType() == DataType.DOUBLE
        ? Values.of(array.dup('c').data().asDouble())
        : Values.of(NativeFloats.values(array));
  }
}
