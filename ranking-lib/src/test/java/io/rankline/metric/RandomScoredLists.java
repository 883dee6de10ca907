package io.rankline.metric;

import java.util.Arrays;
import java.util.Random;

/** Lists that lean towards corners: empty, one item, all padding, all equal, half ties. */
final class RandomScoredLists {

  private final Random random;

  RandomScoredLists(long seed) {
    random = new Random(seed);
  }

  /** Labels 0 to 4 and padding, ties, and weights of every shape. */
  ScoredList next() {
    return next(1);
  }

  /** As {@link #next()}, with labels for some topics. */
  ScoredList next(int topics) {
    int size = pick(0, 1, 2, 3, 5, 8, 13, 40);
    ScoredList list = unweighted(size, topics, random.nextBoolean());
    return switch (random.nextInt(5)) {
      case 0 -> list.withWeights(weights(size));
      case 1 -> list.withWeights(pick(0, 1, 3));
      case 2 -> list.withWeights(new double[size]);
      default -> list;
    };
  }

  /** A list of some items without weights, padding or ties. */
  ScoredList plain(int topics, int highestLabel) {
    int size = pick(1, 2, 3, 5, 8, 13, 40);
    double[] labels = new double[size * topics];
    Arrays.setAll(labels, i -> random.nextInt(highestLabel + 1));
    return new ScoredList(
        labels, distinctScores(size), new double[0], new boolean[0], topics, random.nextLong());
  }

  private ScoredList unweighted(int size, int topics, boolean ties) {
    double[] labels = new double[size * topics];
    int kind = random.nextInt(6);
    Arrays.setAll(
        labels,
        i ->
            switch (kind) {
              case 0 -> 0;
              case 1 -> -1;
              case 2 -> 2;
              case 3 -> random.nextInt(2);
              case 4 -> random.nextInt(4) == 0 ? random.nextInt(9) / 2.0 : 0;
              default -> random.nextInt(6) - 1;
            });
    double[] scores = distinctScores(size);
    if (ties) {
      Arrays.setAll(scores, i -> random.nextInt(3));
    }
    return new ScoredList(labels, scores, new double[0], new boolean[0], topics, random.nextLong());
  }

  private double[] distinctScores(int size) {
    double[] scores = random.doubles(size).toArray();
    Arrays.setAll(scores, i -> 100 * scores[i] - 50);
    return scores;
  }

  private double[] weights(int size) {
    double[] weights = new double[size];
    Arrays.setAll(weights, i -> pick(0, 1, 1, 2, 3) + (random.nextBoolean() ? 0.25 : 0));
    return weights;
  }

  private int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
