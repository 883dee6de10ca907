package io.rankline.loss.arithmetic;

/** Sum of a part of an array. */
public final class ArraySum {

  private ArraySum() {}

  /** Of the numbers from {@code from} to {@code to - 1}. */
  public static double of(double[] values, int from, int to) {
    // Eight sums at a time: one would wait for each addition to finish before the next.
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    double fifth = 0;
    double sixth = 0;
    double seventh = 0;
    double eighth = 0;
    int k = from;
    for (; k < to - 7; k += 8) {
      first += values[k];
      second += values[k + 1];
      third += values[k + 2];
      fourth += values[k + 3];
      fifth += values[k + 4];
      sixth += values[k + 5];
      seventh += values[k + 6];
      eighth += values[k + 7];
    }
    for (; k < to; k++) {
      first += values[k];
    }
    return (first + second) + (third + fourth) + ((fifth + sixth) + (seventh + eighth));
  }
}
