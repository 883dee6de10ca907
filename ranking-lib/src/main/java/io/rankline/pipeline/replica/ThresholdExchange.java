package io.rankline.pipeline.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.StepFunction;
import org.deeplearning4j.optimize.solvers.accumulation.GradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.IndexedTail;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link ThresholdSharing} in a network: DL4J hands over the update that a replica's own updater
 * has made of its own gradient, and gets the mean of what all replicas have sent.
 *
 * <p>Running statistics are left to each replica, and so is the updater's state; {@link #settle}
 * takes the means of both and shares residuals whole. Replicas are then equal in everything, and
 * what the driver gets to keep is all there is.
 */
@SuppressWarnings(
    "serial") // DL4J's interface is serializable; what sits in a network does not travel.
final class ThresholdExchange extends StepExchange implements GradientsAccumulator {

  /** Place of the length of a replica's message after the numbers of its step. */
  private static final int MESSAGE_LENGTH = NUMBERS;

  private static final int[] NOTHING = {};

  private final ComputationGraph graph;
  private final ThresholdSharing settings;
  private final ThresholdAlgorithm algorithm;
  private final ResidualPostProcessor residualRule;
  private final RunningStatistics statistics;
  private final int learned;
  private final INDArray residual;
  private final INDArray mean;
  private final FloatBuffer residualValues;
  private final FloatBuffer meanValues;
  private @Nullable Double threshold;
  private @Nullable Double sparsity;
  private double[] numbers = new double[NUMBERS];

  /** The replica's parts of all steps since replicas were equal, added up. */
  private double part;

  ThresholdExchange(
      ComputationGraph graph, ReplicaGroup group, LossShare share, ThresholdSharing sharing) {
    super(group, share);
    this.graph = graph;
    this.settings = sharing;
    this.algorithm = sharing.algorithm().clone();
    this.residualRule = sharing.residuals().clone();
    this.threshold = Double.isNaN(sharing.threshold()) ? null : sharing.threshold();
    this.sparsity = Double.isNaN(sharing.sparsity()) ? null : sharing.sparsity();
    int length = Math.toIntExact(graph.params().length());
    this.residual = Nd4j.zeros(DataType.FLOAT, length);
    this.residualValues = GradientExchange.bytes(residual).asFloatBuffer();
    this.mean = Nd4j.zeros(DataType.FLOAT, length);
    this.meanValues = GradientExchange.bytes(mean).asFloatBuffer();
    this.statistics = new RunningStatistics(graph);
    this.learned = length - statistics.count();
    graph.setGradientsAccumulator(this);
  }

  @Override
  public void onGradientCalculation(Model model) {
    numbers = ownNumbers(graph);
    if (isAbsent()) {
      graph.getFlattenedGradients().assign(0);
    } else if (share().adds()) {
      // The mean of the updates is to be that of the sum of the gradients.
      graph.getFlattenedGradients().muli(group().size());
    }
  }

  @Override
  public void storeUpdate(INDArray update, int iteration, int epoch) {
    int[] message = NOTHING;
    if (!isAbsent() && numbers[NOT_FINITE] == 0 && numbers[WEIGHT] > 0) {
      message = cut(update, iteration, epoch);
    }
    try {
      exchange(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    statistics.copy(update, mean);
    update.assign(mean);
  }

  @Override
  public void applyUpdate(
      StepFunction function, INDArray parameters, INDArray update, boolean last) {
    function.step(parameters, update);
  }

  @Override
  void fail() {
    numbers = failedNumbers();
    try {
      exchange(NOTHING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void settle() throws IOException {
    double ownPart = settleThreshold();
    INDArray parameters = graph.params().reshape(graph.params().length());
    statistics.copy(parameters, residual);
    average(residual, ownPart);
    statistics.copy(residual, parameters);
    statistics.clear(residual);
    parameters.subi(residual);
    residual.assign(0);
    INDArray state = graph.getUpdater(true).getUpdaterStateViewArray();
    if (state != null) {
      INDArray copy = Nd4j.createUninitialized(DataType.FLOAT, state.length());
      copy.assign(state.reshape(state.length()));
      average(copy, ownPart);
      state.assign(copy.reshape(state.shape()));
    }
    part = 0;
  }

  @Override
  GradientSharing sharing() {
    return new ThresholdSharing(
        settings.algorithm(),
        settings.residuals(),
        threshold == null ? Double.NaN : threshold,
        sparsity == null ? Double.NaN : sparsity);
  }

  @Override
  void release() {
    graph.setGradientsAccumulator(null);
  }

  /** What of the residual is large enough to be sent, with this update in it. */
  private int[] cut(INDArray update, int iteration, int epoch) {
    residual.addi(update);
    statistics.clear(residual);
    // Not dense: of DL4J's own dense messages it is not known how much they send, of ours one does.
    double used =
        algorithm.calculateThreshold(iteration, epoch, threshold, false, sparsity, residual);
    int[] message = SparseUpdate.take(residualValues, (float) used);
    threshold = used;
    sparsity = (double) SparseUpdate.count(message) / Math.max(learned, 1);
    residualRule.processResidual(iteration, epoch, used, residual);
    return message;
  }

  /** Sends a message and leaves the mean of those of all replicas. */
  private void exchange(int[] message) throws IOException {
    begin();
    double[] own = Arrays.copyOf(numbers, NUMBERS + 1);
    own[MESSAGE_LENGTH] = message.length;
    double[][] ofRanks = gather(own);
    double[] totals = new double[NUMBERS];
    int longest = 0;
    for (double[] ofRank : ofRanks) {
      for (int number = 0; number < NUMBERS; number++) {
        totals[number] += ofRank[number];
      }
      longest = Math.max(longest, (int) ofRank[MESSAGE_LENGTH]);
    }
    mean.assign(0);
    double whole = share().adds() ? group().size() : totals[WEIGHT];
    if (whole > 0) {
      part += numbers[WEIGHT] / whole;
    }
    if (totals[NOT_FINITE] == 0 && longest > 0) {
      ByteBuffer padded = bytes(longest * Integer.BYTES);
      padded.asIntBuffer().put(message);
      ByteBuffer all = group().gather(padded).order(ByteOrder.nativeOrder());
      for (int rank = 0; rank < ofRanks.length; rank++) {
        if (ofRanks[rank][MESSAGE_LENGTH] > 0) {
          SparseUpdate.add(
              all.slice(rank * longest * Integer.BYTES, longest * Integer.BYTES)
                  .order(ByteOrder.nativeOrder())
                  .asIntBuffer(),
              (float) (ofRanks[rank][WEIGHT] / whole),
              meanValues);
        }
      }
    }
    conclude(totals);
  }

  private double[][] gather(double[] own) throws IOException {
    ByteBuffer buffer = bytes(own.length * Double.BYTES);
    buffer.asDoubleBuffer().put(own);
    var all = group().gather(buffer).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    double[][] ofRanks = new double[group().size()][own.length];
    for (double[] ofRank : ofRanks) {
      all.get(ofRank);
    }
    return ofRanks;
  }

  /** The mean over replicas, which count by what they had a part in. */
  private void average(INDArray values, double ownPart) throws IOException {
    values.muli(ownPart);
    group().sum(GradientExchange.bytes(values));
  }

  /**
   * Replicas choose thresholds for themselves, and go on from their mean.
   *
   * @return how much this replica counts in means, all of them together 1
   */
  private double settleThreshold() throws IOException {
    double[] own = {
      threshold == null ? Double.NaN : threshold, sparsity == null ? Double.NaN : sparsity, part
    };
    double thresholds = 0;
    double sparsities = 0;
    double parts = 0;
    int known = 0;
    for (double[] ofRank : gather(own)) {
      if (!Double.isNaN(ofRank[0])) {
        thresholds += ofRank[0];
        sparsities += ofRank[1];
        known++;
      }
      parts += ofRank[2];
    }
    if (known > 0) {
      threshold = thresholds / known;
      sparsity = sparsities / known;
    }
    return parts == 0 ? 1.0 / group().size() : part / parts;
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.nativeOrder());
  }

  // DL4J's own messengers have more to them; nothing waits here between steps.

  @Override
  public void applyUpdate(
      StepFunction function, INDArray parameters, INDArray update, double alpha) {
    throw new UnsupportedOperationException("updates are applied as they are");
  }

  @Override
  public boolean hasAnything() {
    return false;
  }

  @Override
  public @Nullable IndexedTail getExternalSource() {
    return null;
  }

  @Override
  public void setExternalSource(IndexedTail source) {}

  @Override
  public void receiveUpdate(INDArray update) {}

  @Override
  public void markExternalUpdates(boolean there) {}

  @Override
  public void reset() {}

  @Override
  public void touch() {}
}
