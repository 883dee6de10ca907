package io.rankline.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of predictions as they are read, to be grouped by query at the end. */
final class PredictionRows {

  private final int topics;
  private final boolean weighted;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> queries = new ArrayList<>();
  private @Nullable String lastQuery;
  private int lastNumber;
  private boolean adjacent = true;
  private int size;
  private int labelCount;
  private int[] lists = new int[1024];
  private double[] labels = new double[1024];
  private double[] scores = new double[1024];
  private double[] weights = {};

  PredictionRows(int topics, boolean weighted) {
    this.topics = topics;
    this.weighted = weighted;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Starts a row; its labels, its score and its weight follow. */
  void startRow(String query) {
    if (!query.equals(lastQuery)) {
      Integer known = numbers.putIfAbsent(query, queries.size());
      if (known == null) {
        lastNumber = queries.size();
        queries.add(query);
      } else {
        lastNumber = known;
        adjacent = false;
      }
      lastQuery = query;
    }
    if (size == lists.length) {
      lists = Arrays.copyOf(lists, larger(size));
      scores = Arrays.copyOf(scores, lists.length);
    }
    if (weighted && weights.length < lists.length) {
      weights = Arrays.copyOf(weights, lists.length);
    }
    lists[size++] = lastNumber;
  }

  void addLabel(double label) {
    if (labelCount == labels.length) {
      labels = Arrays.copyOf(labels, larger(labelCount));
    }
    labels[labelCount++] = label;
  }

  void addScore(double score) {
    scores[size - 1] = score;
  }

  void addWeight(double weight) {
    weights[size - 1] = weight;
  }

  Predictions group(String source) {
    int[] starts = new int[queries.size() + 1];
    for (int row = 0; row < size; row++) {
      starts[lists[row] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    if (adjacent) {
      return new Predictions(
          source,
          queries,
          queries,
          starts,
          Arrays.copyOf(labels, labelCount),
          Arrays.copyOf(scores, size),
          weighted ? Arrays.copyOf(weights, size) : weights,
          topics);
    }
    int[] next = starts.clone();
    int[] to = new int[size];
    for (int row = 0; row < size; row++) {
      to[row] = next[lists[row]]++;
    }
    return new Predictions(
        source,
        queries,
        queries,
        starts,
        moved(labels, to, topics),
        moved(scores, to, 1),
        weighted ? moved(weights, to, 1) : weights,
        topics);
  }

  private static double[] moved(double[] values, int[] to, int width) {
    double[] moved = new double[to.length * width];
    for (int row = 0; row < to.length; row++) {
      System.arraycopy(values, row * width, moved, to[row] * width, width);
    }
    return moved;
  }

  private static int larger(int size) {
    return Math.addExact(size, size / 2);
  }
}
