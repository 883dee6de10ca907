package io.rankline.pipeline.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Keras's rules for plateaus written out over whole sequences, in no particular style. */
final class PlateauOracle {

  private PlateauOracle() {}

  /** The epoch, from 1, after which early stopping ends a training; 0 if it does not. */
  static int stoppingEpoch(
      List<Double> values, boolean higherIsBetter, double minDelta, int patience) {
    for (int end = 2; end <= values.size(); end++) {
      // The last epoch that was better than the best of those before it.
      double best = higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      int lastBetter = 0;
      for (int e = 1; e <= end; e++) {
        double value = values.get(e - 1);
        if (higherIsBetter ? value - minDelta > best : value + minDelta < best) {
          best = value;
          lastBetter = e;
        }
      }
      if (lastBetter != end && end - lastBetter >= patience) {
        return end;
      }
    }
    return 0;
  }

  /** The learning rate after each epoch. */
  static List<Double> rates(
      List<Double> values,
      double rate,
      boolean higherIsBetter,
      double factor,
      int patience,
      double minDelta,
      double minRate,
      int cooldown) {
    List<Double> rates = new ArrayList<>();
    double best = higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    int wait = 0;
    // The first epoch that counts again after a reduction. The epoch at which the counter of Keras
    // gets down to 0 counts already.
    int countsFrom = 1;
    for (int e = 1; e <= values.size(); e++) {
      double value = values.get(e - 1);
      boolean better = higherIsBetter ? value > best + minDelta : value < best - minDelta;
      if (better) {
        best = value;
        wait = 0;
      } else if (e >= countsFrom) {
        wait++;
        if (wait >= patience && rate > minRate) {
          rate = Math.max(rate * factor, minRate);
          wait = 0;
          countsFrom = e + Math.max(cooldown, 1);
        }
      }
      rates.add(rate);
    }
    return rates;
  }

  /** Falls or rises, stays on plateaus, repeats values, and has NaN and infinities now and then. */
  static List<Double> values(Random random) {
    List<Double> values = new ArrayList<>();
    double level = random.nextInt(5) - 2;
    int length = 1 + random.nextInt(60);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(8)) {
        case 0 -> level -= random.nextInt(3) * 0.25;
        case 1 -> level += random.nextInt(3) * 0.25;
        case 2 -> level += random.nextGaussian() * 0.1;
        default -> {}
      }
      int kind = random.nextInt(30);
      values.add(
          kind == 0
              ? Double.NaN
              : kind == 1
                  ? Double.POSITIVE_INFINITY
                  : kind == 2 && random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : level);
    }
    return values;
  }
}
