package io.rankline.loss;

import java.util.Arrays;
import java.util.Random;

/**
 * Batches that lean towards corners: single items, all padding, half ties, all-zero labels, labels
 * below 0, holes in the mask, weights of 0. The same seed gives the same batch.
 */
final class RandomLists {

  static final int LISTS = 6;
  static final int LENGTH = 8;

  final Random random;
  final int outputs;
  final double[] labels = new double[LISTS * LENGTH];
  final double[] scores;
  final double[] weights = new double[LISTS * LENGTH];
  final boolean[] mask = new boolean[LISTS * LENGTH];
  final int[] positions = new int[LISTS * LENGTH];

  RandomLists(long seed, int outputs) {
    random = new Random(seed);
    this.outputs = outputs;
    scores = new double[LISTS * LENGTH * outputs];
    for (int b = 0; b < LISTS; b++) {
      int size =
          switch (random.nextInt(5)) {
            case 0 -> 1;
            case 1 -> 0;
            default -> 2 + random.nextInt(LENGTH - 1);
          };
      int grades = random.nextInt(5) == 0 ? 1 : 2 + random.nextInt(4);
      for (int i = 0; i < LENGTH; i++) {
        int at = b * LENGTH + i;
        labels[at] = i < size ? random.nextInt(grades) : -1;
        mask[at] = i < size && random.nextInt(10) != 0;
        if (random.nextInt(8) == 0) {
          labels[at] = -1.5;
        }
        weights[at] = random.nextInt(8) == 0 ? 0 : 3 * random.nextDouble();
        positions[at] = i + 1;
      }
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] = 1.5 * random.nextGaussian();
    }
  }

  boolean isValid(int at) {
    return mask[at];
  }

  /** A list of different labels without padding, with different scores. */
  RandomLists withDifferentLabels() {
    for (int b = 0; b < LISTS; b++) {
      for (int i = 0; i < LENGTH; i++) {
        int j = random.nextInt(i + 1);
        labels[b * LENGTH + i] = labels[b * LENGTH + j];
        labels[b * LENGTH + j] = i;
        mask[b * LENGTH + i] = true;
      }
    }
    return this;
  }

  LossBatch.Builder builder() {
    return LossBatch.of(LISTS, LENGTH)
        .labels(Values.of(labels))
        .outputs(outputs)
        .scores(Values.of(scores))
        .itemWeights(Values.of(weights))
        .positions(positions)
        .mask(mask);
  }

  LossBatch batch() {
    return builder().build();
  }

  /** List {@code b} alone. */
  LossBatch only(int b) {
    int from = b * LENGTH;
    int to = from + LENGTH;
    return LossBatch.of(1, LENGTH)
        .labels(Values.of(Arrays.copyOfRange(labels, from, to)))
        .outputs(outputs)
        .scores(Values.of(Arrays.copyOfRange(scores, from * outputs, to * outputs)))
        .itemWeights(Values.of(Arrays.copyOfRange(weights, from, to)))
        .positions(Arrays.copyOfRange(positions, from, to))
        .mask(Arrays.copyOfRange(mask, from, to))
        .firstList(b)
        .build();
  }

  /** Moves the items of every list as {@code to} says: item i goes to position to[i]. */
  RandomLists permuted(int... to) {
    RandomLists moved = new RandomLists(0, outputs);
    for (int b = 0; b < LISTS; b++) {
      for (int i = 0; i < LENGTH; i++) {
        int source = b * LENGTH + i;
        int target = b * LENGTH + to[i];
        moved.labels[target] = labels[source];
        moved.weights[target] = weights[source];
        moved.mask[target] = mask[source];
        moved.positions[target] = positions[source];
        for (int k = 0; k < outputs; k++) {
          moved.scores[target * outputs + k] = scores[source * outputs + k];
        }
      }
    }
    return moved;
  }
}
