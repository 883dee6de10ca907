package io.rankline.loss.lambda;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import org.jspecify.annotations.Nullable;

/**
 * The valid items of one list as lambda weights see them: highest label first, with the rank that
 * each has by score. Reused from list to list; nothing is allocated once it has grown.
 */
public final class LambdaItems {

  private int size;
  private int listSize;
  private double[] labels = new double[0];
  private int[] ranks = new int[0];
  private double[] gains = new double[0];
  private double[] rankDiscounts = new double[0];
  private double[] cutoffs = new double[0];
  private @Nullable RankDiscount tabled;
  private double[] discountTable = new double[0];
  private double[] stepTable = new double[0];

  /** Items of no list yet. */
  public LambdaItems() {}

  /**
   * Presents a list. The arrays are read while this list is presented and not copied.
   *
   * @param newSize n, the number of items
   * @param newListSize L, the padded length
   * @param newLabels labels, highest first, shape [n] or longer
   * @param newRanks rank from 1 of each item by score, shape [n] or longer
   */
  public void present(int newSize, int newListSize, double[] newLabels, int[] newRanks) {
    size = newSize;
    listSize = newListSize;
    labels = newLabels;
    ranks = newRanks;
    if (gains.length < newSize) {
      gains = new double[newSize];
      rankDiscounts = new double[newSize];
      cutoffs = new double[newSize];
    }
  }

  int size() {
    return size;
  }

  int listSize() {
    return listSize;
  }

  double label(int i) {
    return labels[i];
  }

  int rank(int i) {
    return ranks[i];
  }

  int[] ranks() {
    return ranks;
  }

  double[] labels() {
    return labels;
  }

  /** Room for a gain an item. */
  double[] gains() {
    return gains;
  }

  /** Room for a discount an item. */
  double[] rankDiscounts() {
    return rankDiscounts;
  }

  /** Room for a number an item. */
  double[] cutoffs() {
    return cutoffs;
  }

  /** {@code disc(k)} at index k, for k in 1 to n + 1. */
  double[] discounts(RankDiscount discount) {
    if (!discount.equals(tabled) || discountTable.length < size + 2) {
      int room = Math.max(size + 2, 256);
      discountTable = new double[room];
      stepTable = new double[room - 1];
      for (int k = 1; k < room; k++) {
        discountTable[k] = discount.of(k);
      }
      for (int k = 1; k < room - 1; k++) {
        stepTable[k] = Math.abs(discountTable[k] - discountTable[k + 1]);
      }
      tabled = discount;
    }
    return discountTable;
  }

  /** {@code |disc(d) - disc(d + 1)|} at index d, 0 at index 0, for d up to n. */
  double[] discountSteps(RankDiscount discount) {
    discounts(discount);
    return stepTable;
  }

  /**
   * Fills {@link #gains}, divided by the DCG of the best order up to topn where asked for (0 where
   * that is 0).
   */
  void fillGains(Gain gain, RankDiscount discount, int topn, boolean normalized) {
    double[] table = discounts(discount);
    double best = 0;
    double previousLabel = Double.NaN;
    double value = 0;
    for (int i = 0; i < size; i++) {
      if (labels[i] != previousLabel) {
        previousLabel = labels[i];
        value = gain.of(previousLabel);
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "gain of label %s must be finite, got %s".formatted(previousLabel, value));
        }
      }
      gains[i] = value;
      if (i < topn) {
        best += value * table[i + 1];
      }
    }
    if (normalized) {
      double scale = best > 0 ? 1 / best : 0;
      for (int i = 0; i < size; i++) {
        gains[i] *= scale;
      }
    }
  }
}
