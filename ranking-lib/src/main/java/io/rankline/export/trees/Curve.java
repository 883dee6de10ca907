package io.rankline.export.trees;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A function of one number by many points, as close as the steps need it that are cut of it. */
final class Curve {

  /** Points that are looked at first, in equal distances, and as many in equal ratios. */
  private static final int POINTS = 4096;

  /** Between two points the curve moves by so small a part of a step at most. */
  private static final int FINENESS = 16;

  /** Halvings of the error, which is then found to a millionth. */
  private static final int ROUNDS = 20;

  private final UnaryOperator<float[]> function;
  private final boolean isOfWholeNumbers;

  /** Heights by the places of the points among all floats. */
  private final TreeMap<Integer, Float> points = new TreeMap<>();

  private Curve(UnaryOperator<float[]> function, boolean isOfWholeNumbers) {
    this.function = function;
    this.isOfWholeNumbers = isOfWholeNumbers;
  }

  /** A curve over a range. */
  static Curve over(UnaryOperator<float[]> function, float least, float largest) {
    Curve curve = new Curve(function, false);
    float[] values = new float[2 * POINTS];
    long from = key(least);
    long to = key(largest);
    for (int k = 0; k < POINTS; k++) {
      double share = k / (double) (POINTS - 1);
      values[k] = (float) (least + ((double) largest - least) * share);
      values[POINTS + k] = value((int) (from + Math.round((to - from) * share)));
    }
    curve.add(values);
    return curve;
  }

  /** A function of the whole numbers from 0 on; what lies between goes with the lower one. */
  static Curve ofWholeNumbers(UnaryOperator<float[]> function, int count) {
    Curve curve = new Curve(function, true);
    float[] values = new float[count];
    for (int k = 0; k < count; k++) {
      values[k] = k;
    }
    curve.add(values);
    return curve;
  }

  /** How far it goes up and down in all. */
  double variation() {
    double sum = 0;
    float last = points.firstEntry().getValue();
    for (float height : points.values()) {
      sum += Math.abs((double) height - last);
      last = height;
    }
    return sum;
  }

  /**
   * The curve in steps, at most so many, such that the largest error is about as small as it can
   * be.
   */
  Staircase steps(int most) {
    refine(most);
    int[] keys = points.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] heights = new float[keys.length];
    int k = 0;
    for (float height : points.values()) {
      heights[k++] = height;
    }
    double tooSmall = 0;
    double enough = height() / 2;
    for (int round = 0; round < ROUNDS; round++) {
      double error = (tooSmall + enough) / 2;
      if (climb(keys, heights, error).size() <= most) {
        enough = error;
      } else {
        tooSmall = error;
      }
    }
    return staircase(keys, heights, climb(keys, heights, enough));
  }

  private void add(float[] values) {
    float[] heights = function.apply(values);
    for (int k = 0; k < values.length; k++) {
      points.put(key(values[k]), heights[k]);
    }
  }

  private double height() {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (float height : points.values()) {
      least = Math.min(least, height);
      largest = Math.max(largest, height);
    }
    return largest - least;
  }

  /** Halves the distances of points as long as the curve moves far between them. */
  private void refine(int steps) {
    double most = height() / steps / FINENESS;
    boolean isCoarse = most > 0 && !isOfWholeNumbers;
    while (isCoarse) {
      List<Float> between = new ArrayList<>();
      Map.Entry<Integer, Float> last = points.firstEntry();
      for (Map.Entry<Integer, Float> next : points.entrySet()) {
        boolean isFar = Math.abs((double) next.getValue() - last.getValue()) > most;
        if (isFar && next.getKey() - (long) last.getKey() > 1) {
          between.add(value((int) (((long) next.getKey() + last.getKey()) >> 1)));
        }
        last = next;
      }
      float[] values = new float[between.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = between.get(k);
      }
      add(values);
      isCoarse = values.length > 0;
    }
  }

  /**
   * The points at which steps begin, if each may be so far from the curve. What lies between two
   * points belongs to one step, whose height both of them bound.
   */
  private List<Integer> climb(int[] keys, float[] heights, double error) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    double low = heights[0];
    double high = heights[0];
    for (int k = 1; k < keys.length; k++) {
      low = Math.min(low, heights[k]);
      high = Math.max(high, heights[k]);
      if (high - low > 2 * error) {
        int start = haveNothingBetween(keys, k) ? k : k - 1;
        if (start > starts.get(starts.size() - 1)) {
          starts.add(start);
        }
        low = Math.min(heights[start], heights[k]);
        high = Math.max(heights[start], heights[k]);
      }
    }
    return starts;
  }

  private Staircase staircase(int[] keys, float[] heights, List<Integer> starts) {
    float[] edges = new float[starts.size() - 1];
    float[] levels = new float[starts.size()];
    double error = 0;
    for (int s = 0; s < levels.length; s++) {
      int from = starts.get(s);
      int to = s + 1 < levels.length ? starts.get(s + 1) : keys.length - 1;
      boolean endsBefore = s + 1 < levels.length && haveNothingBetween(keys, to);
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int k = from; k <= (endsBefore ? to - 1 : to); k++) {
        low = Math.min(low, heights[k]);
        high = Math.max(high, heights[k]);
      }
      levels[s] = (float) ((low + high) / 2);
      error = Math.max(error, Math.max(high - levels[s], levels[s] - low));
      if (s > 0) {
        edges[s - 1] = value(keys[from]);
      }
    }
    return new Staircase(edges, levels, error);
  }

  private boolean haveNothingBetween(int[] keys, int k) {
    return isOfWholeNumbers || keys[k] - (long) keys[k - 1] == 1;
  }

  /** The place of a float among all of them; that of -0 is that of 0. */
  private static int key(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
  }

  private static float value(int key) {
    return Float.intBitsToFloat(key >= 0 ? key : Integer.MIN_VALUE - key);
  }
}
