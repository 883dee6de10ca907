package io.rankline.model;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
final class BlockSizes {

  /** Sizes for a request; a larger one keeps a request of one item waiting. */
  private static final int[] SMALL = {16, 8, 4};

  /** Sizes for many items, if they give the bits of the small one. */
  private static final int[] LARGE = {64, 512};

  /** Rounding may agree by chance for one row of a narrow network. */
  private static final int ROWS_TRIED = 3;

  private final RankingModel model;
  private final RankingList item;
  private final int small;

  /** Of each of the large sizes whether it will do, as far as it was asked for. */
  private final List<Boolean> isFit = new ArrayList<>();

  /**
   * Finds them for a model.
   *
   * @param item a transformed list of one item, whose tokens are taken
   */
  BlockSizes(RankingModel model, RankingList item) {
    this.model = model;
    this.item = item;
    small = Arrays.stream(SMALL).filter(size -> areAlike(size, size)).findFirst().orElse(1);
  }

  /** The size of the next block when so many items are left: one that they fill by half or more. */
  int of(int items) {
    int size = small;
    for (int k = 0; k < LARGE.length && LARGE[k] <= 2 * items; k++) {
      if (k == isFit.size()) {
        isFit.add(areAlike(small, LARGE[k]));
      }
      size = isFit.get(k) ? LARGE[k] : size;
    }
    return size;
  }

  /** Whether rows of blocks of both sizes are all alike. */
  private boolean areAlike(int first, int second) {
    SplittableRandom random = new SplittableRandom(first);
    INDArray[] few = inputs(first);
    INDArray[] many = first == second ? few : inputs(second);
    for (int tried = 0; tried < ROWS_TRIED; tried++) {
      // The mask is the last input.
      for (int k = 0; k < few.length - 1; k++) {
        if (few[k].dataType() == DataType.FLOAT) {
          float[] row = random(random, Math.toIntExact(few[k].length() / first));
          fill(few[k], row);
          if (many != few) {
            fill(many[k], row);
          }
        }
      }
      List<INDArray> some = activations(few);
      List<INDArray> more = many == few ? some : activations(many);
      if (!areAlike(some, first, more, second)) {
        return false;
      }
    }
    return true;
  }

  private INDArray[] inputs(int size) {
    return model
        .encoder()
        .inputs(new ListBatcher(ListSize.ALL).batch(Collections.nCopies(size, item)));
  }

  /** Copies of them: the network's own are overwritten by its next pass. */
  private List<INDArray> activations(INDArray[] inputs) {
    List<INDArray> activations = new ArrayList<>();
    model
        .graph()
        .feedForward(inputs, false)
        .values()
        .forEach(activation -> activations.add(activation.dup('c')));
    return activations;
  }

  private static boolean areAlike(List<INDArray> few, int first, List<INDArray> many, int second) {
    for (int k = 0; k < few.size(); k++) {
      if (few.get(k).rank() > 0 && few.get(k).size(0) == first) {
        double[] values = few.get(k).reshape(few.get(k).length()).toDoubleVector();
        double[] row = Arrays.copyOf(values, values.length / first);
        double[] more = many.get(k).reshape(many.get(k).length()).toDoubleVector();
        if (!consistsOf(row, values)
            || !consistsOf(row, more)
            || more.length != row.length * second) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean consistsOf(double[] row, double[] rows) {
    for (int from = 0; from < rows.length; from += row.length) {
      if (!Arrays.equals(row, 0, row.length, rows, from, from + row.length)) {
        return false;
      }
    }
    return true;
  }

  private static void fill(INDArray rows, float[] row) {
    for (int from = 0; from < rows.length(); from += row.length) {
      for (int i = 0; i < row.length; i++) {
        rows.putScalar(from + i, row[i]);
      }
    }
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] row = new float[length];
    for (int i = 0; i < length; i++) {
      row[i] = (float) random.nextDouble(-1, 1);
    }
    return row;
  }
}
