package io.rankline.feature.transform;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Transforms of one feature, one after the other.
 *
 * @param transforms in the order in which they are applied; none leaves values as they are
 */
public record TransformChain(List<Transform> transforms) implements Serializable {

  /** Leaves values as they are. */
  public static final TransformChain IDENTITY = new TransformChain(List.of());

  public TransformChain {
    transforms = List.copyOf(transforms);
  }

  /** These transforms in this order. */
  public static TransformChain of(Transform... transforms) {
    return new TransformChain(List.of(transforms));
  }

  /** Whether every transform has all its parameters. */
  public boolean isFitted() {
    return firstUnfitted() == transforms.size();
  }

  /** Whether every transform treats each column by itself and all of them alike. */
  public boolean isColumnwise() {
    return transforms.stream().allMatch(Transform::isColumnwise);
  }

  /**
   * Number of columns it makes of {@code inputWidth}.
   *
   * @throws IllegalArgumentException if a transform cannot read as many as it gets
   */
  public int width(int inputWidth) {
    int width = inputWidth;
    for (Transform transform : transforms) {
      width = transform.width(width);
    }
    return width;
  }

  /** Whether a value depends on those of other items of its list. */
  public boolean looksAtLists() {
    return transforms.stream().anyMatch(QueryTransform.class::isInstance);
  }

  /** As {@link #apply(float[], int[], int)}, of rows that are the items of one list. */
  public float[] apply(float[] in, int rows, int inputWidth) {
    return apply(in, new int[] {0, rows}, inputWidth);
  }

  /**
   * Transforms rows.
   *
   * @param in values, shape [rows, inputWidth]; left alone
   * @param starts where the rows of each list start, and the end of the last
   * @return shape [rows, {@link #width}]; {@code in} itself where there is no transform
   */
  public float[] apply(float[] in, int[] starts, int inputWidth) {
    return apply(in, starts, inputWidth, transforms.size());
  }

  /**
   * The chain with its first transform that is not fitted, if there is one, fitted to statistics of
   * {@link FeatureStatistics}. What stands behind it in the chain sees other values than these, so
   * a chain with two such transforms needs two passes over the data.
   *
   * @param name the feature, for messages
   * @throws IllegalArgumentException if there was no value to fit to
   */
  public TransformChain fit(String name, List<ColumnStatistics> statistics) {
    return fit(name, statistics, List.of());
  }

  /**
   * The same.
   *
   * @param samples of the values of each column, for a transform that needs them
   */
  TransformChain fit(String name, List<ColumnStatistics> statistics, List<ValueSample> samples) {
    if (isFitted()) {
      return this;
    }
    int place = firstUnfitted();
    Transform unfitted = transforms.get(place);
    if (!(unfitted instanceof FromData fromData)) {
      throw new IllegalArgumentException(
          "feature '%s': %s cannot be fitted; only z_score, min_max, quantile_normal and"
                  .formatted(name, unfitted)
              + " piecewise_linear can");
    }
    if (statistics.isEmpty() || statistics.stream().anyMatch(column -> column.count() == 0)) {
      throw new IllegalArgumentException(
          "feature '%s' has no value in the data that %s could be fitted to"
              .formatted(name, fromData.name()));
    }
    List<Transform> all = new ArrayList<>(transforms);
    all.set(place, fromData.fitted(statistics, samples));
    return new TransformChain(all);
  }

  /** Whether the first transform that is not fitted needs samples of values. */
  boolean needsSamples() {
    return !isFitted() && transforms.get(firstUnfitted()) instanceof SampledTransform;
  }

  /**
   * What the first transform that is not fitted would read; all transforms if there is none. Rows
   * are the items of one list.
   */
  float[] applyFitted(float[] in, int rows, int inputWidth) {
    return apply(in, new int[] {0, rows}, inputWidth, firstUnfitted());
  }

  private float[] apply(float[] in, int[] starts, int inputWidth, int count) {
    int rows = starts[starts.length - 1];
    float[] values = in;
    int width = inputWidth;
    for (Transform transform : transforms.subList(0, count)) {
      int newWidth = transform.width(width);
      float[] out = new float[Math.multiplyExact(rows, newWidth)];
      if (transform instanceof QueryTransform query) {
        query.apply(values, starts, width, out);
      } else {
        transform.apply(values, rows, width, out);
      }
      values = out;
      width = newWidth;
    }
    return values;
  }

  private int firstUnfitted() {
    int place = 0;
    while (place < transforms.size() && transforms.get(place).isFitted()) {
      place++;
    }
    return place;
  }
}
