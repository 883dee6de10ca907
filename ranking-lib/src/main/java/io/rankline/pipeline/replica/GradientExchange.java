package io.rankline.pipeline.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
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
final class GradientExchange extends StepExchange {

  private final INDArray message;
  private final INDArray gradients;
  private final ByteBuffer bytes;
  private final FloatBuffer buffer;
  private final int length;

  GradientExchange(ComputationGraph graph, ReplicaGroup group, LossShare share) {
    super(group, share);
    this.length = Math.toIntExact(graph.params().length());
    this.message = Nd4j.zeros(DataType.FLOAT, length + NUMBERS);
    this.gradients = message.get(NDArrayIndex.interval(0, length));
    this.bytes = bytes(message);
    this.buffer = bytes.asFloatBuffer();
  }

  /** The values of an array, by themselves and not as a copy. */
  static ByteBuffer bytes(INDArray array) {
    FloatPointer pointer = (FloatPointer) array.data().pointer();
    return pointer.position(0).limit(array.length()).asByteBuffer();
  }

  @Override
  public void onGradientCalculation(Model model) {
    ComputationGraph graph = (ComputationGraph) model;
    INDArray own = graph.getFlattenedGradients();
    INDArray flat = own.reshape(own.length());
    double[] numbers = ownNumbers(graph);
    if (isAbsent()) {
      gradients.assign(0);
    } else {
      gradients.assign(flat);
      if (numbers[WEIGHT] != 1) {
        gradients.muli(numbers[WEIGHT]);
      }
    }
    double[] totals = exchange(numbers);
    double divisor = divisor(totals);
    if (divisor > 0 && divisor != 1) {
      gradients.divi(divisor);
    }
    flat.assign(gradients);
    conclude(totals);
  }

  @Override
  void fail() {
    gradients.assign(0);
    conclude(exchange(failedNumbers()));
  }

  @Override
  GradientSharing sharing() {
    return new ExactSharing();
  }

  private double[] exchange(double[] numbers) {
    begin();
    for (int number = 0; number < NUMBERS; number++) {
      buffer.put(length + number, (float) numbers[number]);
    }
    try {
      group().sum(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double[] totals = new double[NUMBERS];
    for (int number = 0; number < NUMBERS; number++) {
      totals[number] = buffer.get(length + number);
    }
    return totals;
  }
}
