package io.rankline.model;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds how many items a network can score at once with every place in the block treated alike.
 *
 * <p>A block of the same random row over and over goes through the network; where two rows of any
 * activation differ, the places are not alike. Which code computes a row depends on sizes and never
 * on values, so what holds for these rows holds for all.
 */
final class BlockSize {

  /**
   * Larger blocks keep a request of one item waiting; 8 suits AVX2 kernels of OpenBLAS, 64 AVX-512.
   */
  private static final int[] CANDIDATES = {64, 32, 16, 8, 4};

  /** Rounding may agree by chance for one row of a narrow network. */
  private static final int ROWS_TRIED = 3;

  private BlockSize() {}

  /**
   * The size for a model; 1 if no other will do.
   *
   * @param item a transformed list of one item, whose tokens are taken
   */
  static int of(RankingModel model, RankingList item) {
    SplittableRandom random = new SplittableRandom(1);
    for (int size : CANDIDATES) {
      if (isEven(model, item, size, random)) {
        return size;
      }
    }
    return 1;
  }

  private static boolean isEven(
      RankingModel model, RankingList item, int size, SplittableRandom random) {
    INDArray[] inputs =
        model
            .encoder()
            .inputs(new ListBatcher(ListSize.ALL).batch(Collections.nCopies(size, item)));
    for (int tried = 0; tried < ROWS_TRIED; tried++) {
      // The mask is the last input.
      for (int k = 0; k < inputs.length - 1; k++) {
        if (inputs[k].dataType() == DataType.FLOAT) {
          inputs[k].assign(repeated(inputs[k], size, random));
        }
      }
      Map<String, INDArray> activations = model.graph().feedForward(inputs, false);
      for (INDArray activation : activations.values()) {
        if (!rowsAreEqual(activation, size)) {
          return false;
        }
      }
    }
    return true;
  }

  private static INDArray repeated(INDArray like, int size, SplittableRandom random) {
    INDArray rows = like.dup('c');
    float[] row = new float[Math.toIntExact(like.length() / size)];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) random.nextDouble(-1, 1);
    }
    for (int r = 0; r < size; r++) {
      for (int i = 0; i < row.length; i++) {
        rows.putScalar((long) r * row.length + i, row[i]);
      }
    }
    return rows;
  }

  private static boolean rowsAreEqual(INDArray activation, int size) {
    if (activation.rank() < 1 || activation.size(0) != size) {
      return true;
    }
    double[] values = activation.dup('c').reshape(activation.length()).toDoubleVector();
    int width = values.length / size;
    for (int r = 1; r < size; r++) {
      if (!Arrays.equals(values, 0, width, values, r * width, (r + 1) * width)) {
        return false;
      }
    }
    return true;
  }
}
