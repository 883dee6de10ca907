package io.rankline.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Padded lists as inputs of a graph without a context.
 *
 * @param values features of the items, [B][L][3]
 * @param sizes items of each list, [B]
 */
record Lists(float[][][] values, int[] sizes) {

  private static final int FEATURES = 3;

  /** Up to five lists: empty, of a single item, of a few, of many. */
  static Lists random(SplittableRandom random) {
    int[] sizes = new int[random.nextInt(2, 6)];
    for (int b = 0; b < sizes.length; b++) {
      sizes[b] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> random.nextInt(2, 8);
            default -> random.nextInt(20, 300);
          };
    }
    sizes[sizes.length - 1] = random.nextInt(2, 30);
    return of(random, sizes, Arrays.stream(sizes).max().orElse(1));
  }

  static Lists of(SplittableRandom random, int[] sizes, int listSize) {
    float[][][] values = new float[sizes.length][listSize][FEATURES];
    for (int b = 0; b < sizes.length; b++) {
      for (int i = 0; i < sizes[b]; i++) {
        for (int f = 0; f < FEATURES; f++) {
          values[b][i][f] = (float) random.nextDouble(-2, 2);
        }
      }
    }
    return new Lists(values, sizes);
  }

  int listSize() {
    return values[0].length;
  }

  INDArray features() {
    return Nd4j.createFromArray(values);
  }

  INDArray mask() {
    float[][] mask = new float[sizes.length][listSize()];
    for (int b = 0; b < sizes.length; b++) {
      Arrays.fill(mask[b], 0, sizes[b], 1f);
    }
    return Nd4j.createFromArray(mask);
  }

  /** Scores [B][L] of a graph. */
  float[][] scores(ComputationGraph graph) {
    return graph.output(features(), mask())[0].toFloatMatrix();
  }

  /** Random orders of the items of each list. */
  int[][] permutation(SplittableRandom random) {
    int[][] order = new int[sizes.length][];
    for (int b = 0; b < sizes.length; b++) {
      order[b] = new int[sizes[b]];
      for (int i = 0; i < sizes[b]; i++) {
        int j = random.nextInt(i + 1);
        order[b][i] = order[b][j];
        order[b][j] = i;
      }
    }
    return order;
  }

  /** Item i is what item order[b][i] was. */
  Lists permuted(int[][] order) {
    float[][][] permuted = copy(listSize(), 0);
    for (int b = 0; b < sizes.length; b++) {
      for (int i = 0; i < sizes[b]; i++) {
        permuted[b][i] = values[b][order[b][i]].clone();
      }
    }
    return new Lists(permuted, sizes);
  }

  /** The same items in longer lists, with something at padding. */
  Lists padded(int newListSize, float padding) {
    return new Lists(copy(newListSize, padding), sizes);
  }

  /** A single list. */
  Lists only(int list) {
    return new Lists(new float[][][] {copy(listSize(), 0)[list]}, new int[] {sizes[list]});
  }

  /** One value changed. */
  Lists with(int list, int item, int feature, float value) {
    float[][][] changed = copy(listSize(), 0);
    changed[list][item][feature] = value;
    return new Lists(changed, sizes);
  }

  private float[][][] copy(int newListSize, float padding) {
    float[][][] copy = new float[sizes.length][newListSize][FEATURES];
    for (int b = 0; b < sizes.length; b++) {
      for (int i = 0; i < newListSize; i++) {
        if (i < sizes[b]) {
          copy[b][i] = values[b][i].clone();
        } else {
          Arrays.fill(copy[b][i], padding);
        }
      }
    }
    return copy;
  }
}
