package io.rankline.pipeline.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Puts the average over all replicas in the place of a replica's own gradient: after it was
 * computed, before it is clipped and before the updater sees it.
 *
 * <p>One message carries the weighted gradient and a few numbers about the step, so that a step
 * costs one exchange. Every replica learns the same sums.
 */
final class GradientExchange extends BaseTrainingListener {

  private static final int WEIGHT = 0;
  private static final int LOSS = 1;
  private static final int LISTS = 2;
  private static final int ITEMS = 3;
  private static final int NOT_FINITE = 4;
  private static final int NUMBERS = 5;

  private final ReplicaGroup group;
  private final LossShare share;
  private final INDArray message;
  private final INDArray gradients;
  private final ByteBuffer bytes;
  private final FloatBuffer buffer;
  private final int length;

  private int lists;
  private int items;
  private boolean absent;
  private boolean done;
  private double ownLoss;
  private StepSums sums = new StepSums(0, 0, 0, 0);

  GradientExchange(ComputationGraph graph, ReplicaGroup group, LossShare share) {
    if (graph.params().dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "replicas exchange gradients of FLOAT, the network has " + graph.params().dataType());
    }
    this.group = group;
    this.share = share;
    this.length = Math.toIntExact(graph.params().length());
    this.message = Nd4j.zeros(DataType.FLOAT, length + NUMBERS);
    this.gradients = message.get(NDArrayIndex.interval(0, length));
    FloatPointer pointer = (FloatPointer) message.data().pointer();
    this.bytes = pointer.position(0).limit((long) length + NUMBERS).asByteBuffer();
    this.buffer = bytes.asFloatBuffer();
  }

  /**
   * Announces the step that comes next.
   *
   * @param listsOfShare 0 if the replica has none and takes part with weight 0
   * @param itemsOfShare without padding
   */
  void expect(int listsOfShare, int itemsOfShare) {
    lists = listsOfShare;
    items = itemsOfShare;
    absent = itemsOfShare == 0;
    done = false;
  }

  /** What the replicas' shares of the last step add up to. */
  StepSums sums() {
    return sums;
  }

  /** The loss of this replica's share in the last step; 0 where it had none. */
  double ownLoss() {
    return ownLoss;
  }

  @Override
  public void onGradientCalculation(Model model) {
    ComputationGraph graph = (ComputationGraph) model;
    INDArray own = graph.getFlattenedGradients();
    INDArray flat = own.reshape(own.length());
    double weight = absent && !share.adds() ? 0 : share.weight(lists);
    ownLoss = absent ? 0 : graph.score();
    // Sums of losses would count it once for each replica.
    double penalty = share.adds() && !absent ? graph.calcRegularizationScore(true) : 0;
    boolean finite = Double.isFinite(ownLoss);
    if (absent) {
      gradients.assign(0);
    } else {
      gradients.assign(flat);
      if (weight != 1) {
        gradients.muli(weight);
      }
    }
    // A list without items has no gradient, yet the reduction counts it.
    put(WEIGHT, absent ? share.weight(lists) : weight);
    put(LOSS, finite ? weight * (ownLoss - penalty) : 0);
    put(LISTS, lists);
    put(ITEMS, items);
    put(NOT_FINITE, finite ? 0 : 1);
    exchange();
    double total = share.adds() ? 1 : get(WEIGHT);
    if (total > 0 && total != 1) {
      gradients.divi(total);
    }
    flat.assign(gradients);
    sums =
        new StepSums(
            get(NOT_FINITE) > 0 ? Double.NaN : total == 0 ? 0 : get(LOSS) / total + penalty,
            Math.round(get(LISTS)),
            Math.round(get(ITEMS)),
            Math.round(get(NOT_FINITE)));
  }

  /** Whether the step that was announced has been shared with the others. */
  boolean isDone() {
    return done;
  }

  /** Tells the others that this replica could not compute its share: nobody is to go on. */
  void fail() {
    gradients.assign(0);
    for (int number = 0; number < NUMBERS; number++) {
      put(number, number == NOT_FINITE ? 1 : 0);
    }
    exchange();
    sums = new StepSums(Double.NaN, 0, 0, Math.round(get(NOT_FINITE)));
  }

  private void exchange() {
    done = true;
    try {
      group.sum(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(int number, double value) {
    buffer.put(length + number, (float) value);
  }

  private float get(int number) {
    return buffer.get(length + number);
  }
}
