package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Precision;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Product with weights, batch norm, activation, noise and dropout on rows, as one operation.
 *
 * <p>Batch norm takes mean and biased variance over the rows it is given, as Keras does (Ioffe and
 * Szegedy, 2015). What training draws is a function of seed, iteration, row and column, whatever
 * the number of threads. Instances keep buffers from a forward pass to its backward pass and are
 * not safe for several threads at once.
 *
 * <p>Inputs are [N, inputs], outputs [N, outputs], N of 1 or more.
 */
public interface RowBlock {

  /**
   * The fastest block for this backend and data type.
   *
   * @param dataType of parameters and rows
   */
  static RowBlock of(RowBlockSpec spec, DataType dataType) {
    boolean processor =
        Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU
            && dataType == DataType.FLOAT;
    return processor && NativeRowBlock.computes(spec)
        ? new NativeRowBlock(spec)
        : new ArrayRowBlock(spec, dataType);
  }

  /**
   * Sets what training multiplies in from the next pass on; at first float32. Where this process
   * does not multiply in bfloat16, it goes on in float32.
   *
   * @throws IllegalArgumentException if this block only computes in float32
   */
  void use(Precision precision);

  /**
   * The forward pass of training.
   *
   * @param iteration number of the step, for what is drawn
   * @param y filled with the output, 'c' order
   */
  void train(BlockArrays parameters, INDArray x, int iteration, INDArray y);

  /**
   * The forward pass with running statistics, without noise or dropout.
   *
   * @param y filled with the output, 'c' order
   */
  void infer(BlockArrays parameters, INDArray x, INDArray y);

  /**
   * The backward pass of the last {@link #train}, whose parameters, x and y must be as they were.
   *
   * @param dy gradient at the output; not changed
   * @param gradients filled
   * @param dx filled with the gradient at the input, 'c' order; null if it is not needed
   */
  void backward(
      BlockArrays parameters,
      INDArray x,
      INDArray y,
      INDArray dy,
      BlockArrays gradients,
      @Nullable INDArray dx);
}
