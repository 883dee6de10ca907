package io.rankline.frozen.step;

import io.rankline.data.LongColumn;
import java.util.Arrays;
import java.util.List;

/** Some lists on their way through a network, and the memory for it, which the next lists reuse. */
public final class Evaluation {

  private final float[][] values;
  private final float[][] own;
  private float[][] tile = {};
  private float[][] lines = {};
  private int[] starts = {0};
  private List<LongColumn> ids = List.of();

  /** Memory for so many values. */
  public Evaluation(int values) {
    this.values = new float[values][0];
    this.own = new float[values][0];
  }

  /**
   * Begins with other lists.
   *
   * @param starts where the items of each list start, and the end of the last
   * @param ids of the token features
   */
  public void begin(int[] starts, List<LongColumn> ids) {
    this.starts = starts;
    this.ids = ids;
  }

  /** Lets a value be an array of somebody else. */
  public void set(int place, float[] rows) {
    values[place] = rows;
  }

  /** Computes a value. */
  public void compute(Value value, Step step) {
    long length = (long) rows(value.axis()) * value.width();
    float[] out = own[value.place()];
    if (out.length < length) {
      out = new float[Math.toIntExact(length)];
      own[value.place()] = out;
    }
    step.run(this, out);
    values[value.place()] = out;
  }

  /** Forgets what belongs to others. */
  public void end() {
    Arrays.fill(values, new float[0]);
    ids = List.of();
  }

  /** Number of floats that are kept for the next lists. */
  public long size() {
    long size = (long) lines.length * (lines.length == 0 ? 0 : lines[0].length);
    size += (long) tile.length * (tile.length == 0 ? 0 : tile[0].length);
    for (float[] rows : own) {
      size += rows.length;
    }
    return size;
  }

  /** Number of rows along an axis. */
  public int rows(Axis axis) {
    return axis == Axis.LISTS ? starts.length - 1 : starts[starts.length - 1];
  }

  /** The rows of a value, one after the other; the array may be longer. */
  public float[] of(Value value) {
    return values[value.place()];
  }

  /** Where the items of each list start, and the end of the last. */
  int[] starts() {
    return starts;
  }

  /** The ids of a token feature, one row a list or an item. */
  LongColumn ids(int feature) {
    return ids.get(feature);
  }

  /** Arrays for intermediate results; what they hold is not known. */
  float[][] tile(int arrays, int length) {
    tile = atLeast(tile, arrays, length);
    return tile;
  }

  /** As {@link #tile}, other ones. */
  float[][] lines(int arrays, int length) {
    lines = atLeast(lines, arrays, length);
    return lines;
  }

  private static float[][] atLeast(float[][] known, int arrays, int length) {
    int longest = known.length == 0 ? 0 : known[0].length;
    return known.length >= arrays && longest >= length
        ? known
        : new float[Math.max(arrays, known.length)][Math.max(length, longest)];
  }
}
