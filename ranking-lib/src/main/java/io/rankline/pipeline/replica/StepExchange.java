package io.rankline.pipeline.replica;

import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * A replica's side of a step: sends the others what it has computed, and puts what all of them make
 * of it in the place of its own. As a listener it has to be the first one of its network.
 */
abstract class StepExchange extends BaseTrainingListener {

  // What goes along with every step, summed over replicas.
  static final int WEIGHT = 0;
  static final int LOSS = 1;
  static final int LISTS = 2;
  static final int ITEMS = 3;
  static final int NOT_FINITE = 4;
  static final int NUMBERS = 5;

  private final ReplicaGroup group;
  private final LossShare share;
  private int lists;
  private int items;
  private boolean absent;
  private boolean done;
  private double ownLoss;
  private double penalty;
  private StepSums sums = new StepSums(0, 0, 0, 0);

  StepExchange(ReplicaGroup group, LossShare share) {
    this.group = group;
    this.share = share;
  }

  /**
   * Announces the step that comes next.
   *
   * @param listsOfShare 0 if the replica has none and takes part with weight 0
   * @param itemsOfShare without padding
   */
  final void expect(int listsOfShare, int itemsOfShare) {
    lists = listsOfShare;
    items = itemsOfShare;
    absent = itemsOfShare == 0;
    done = false;
  }

  /** What the replicas' shares of the last step add up to. */
  final StepSums sums() {
    return sums;
  }

  /** The loss of this replica's share in the last step; 0 where it had none. */
  final double ownLoss() {
    return ownLoss;
  }

  /** Whether the step that was announced has been shared with the others. */
  final boolean isDone() {
    return done;
  }

  /** Says to the others that this replica could not compute its share: all stop. */
  abstract void fail();

  /** Makes all replicas equal, where steps leave differences between them. */
  void settle() throws IOException {}

  /** How the replicas would go on. */
  abstract GradientSharing sharing();

  /** Takes what it has put into the network out again; listeners are the caller's. */
  void release() {}

  final ReplicaGroup group() {
    return group;
  }

  final LossShare share() {
    return share;
  }

  /** Whether the replica has no item, and its gradient is none. */
  final boolean isAbsent() {
    return absent;
  }

  /** The numbers of the replica's own step, once its gradient is there. */
  final double[] ownNumbers(ComputationGraph graph) {
    ownLoss = absent ? 0 : graph.score();
    // Sums of losses would count it once for each replica.
    penalty = share.adds() && !absent ? graph.calcRegularizationScore(true) : 0;
    boolean finite = Double.isFinite(ownLoss);
    double[] numbers = new double[NUMBERS];
    // A list without items has no gradient, yet the reduction counts it.
    numbers[WEIGHT] = share.weight(lists);
    double lossWeight = absent && !share.adds() ? 0 : numbers[WEIGHT];
    numbers[LOSS] = finite ? lossWeight * (ownLoss - penalty) : 0;
    numbers[LISTS] = lists;
    numbers[ITEMS] = items;
    numbers[NOT_FINITE] = finite ? 0 : 1;
    return numbers;
  }

  /** The numbers of a step that this replica could not take. */
  static double[] failedNumbers() {
    double[] numbers = new double[NUMBERS];
    numbers[NOT_FINITE] = 1;
    return numbers;
  }

  /** The step is under way to the others. */
  final void begin() {
    done = true;
  }

  /** What the loss of all divides by; 1 where losses add up, 0 where no replica has anything. */
  final double divisor(double[] totals) {
    return share.adds() ? 1 : totals[WEIGHT];
  }

  /** Ends a step with the sums of everybody's numbers. */
  final void conclude(double[] totals) {
    double divisor = divisor(totals);
    sums =
        new StepSums(
            totals[NOT_FINITE] > 0
                ? Double.NaN
                : divisor == 0 ? 0 : totals[LOSS] / divisor + penalty,
            (int) Math.round(totals[LISTS]),
            (int) Math.round(totals[ITEMS]),
            (int) Math.round(totals[NOT_FINITE]));
  }
}
