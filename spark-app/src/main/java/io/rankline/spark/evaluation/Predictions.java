package io.rankline.spark.evaluation;

import io.rankline.metric.ScoredList;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels and scores of many lists, as columns of numbers: 16 bytes a row, and 8 more with weights.
 * Lists are in the order of their first rows, and rows of a list in the order of the file.
 */
public final class Predictions implements Serializable {

  private static final long serialVersionUID = 1;

  private final String source;
  private final ArrayList<String> places;
  private final ArrayList<String> queries;
  private final int[] starts;
  private final double[] labels;
  private final double[] scores;
  private final double[] weights;
  private final int topics;

  /**
   * Lists.
   *
   * @param places what tells the lists apart, one for each
   * @param queries what they are called, one for each
   */
  Predictions(
      String source,
      List<String> places,
      List<String> queries,
      int[] starts,
      double[] labels,
      double[] scores,
      double[] weights,
      int topics) {
    this.source = source;
    this.places = new ArrayList<>(places);
    this.queries = new ArrayList<>(queries);
    this.starts = starts;
    this.labels = labels;
    this.scores = scores;
    this.weights = weights;
    this.topics = topics;
  }

  /**
   * The lists of several, one after the other.
   *
   * @param parts at least one, of the same columns
   */
  static Predictions joined(String source, List<Predictions> parts) {
    List<String> places = new ArrayList<>();
    List<String> queries = new ArrayList<>();
    int lists = parts.stream().mapToInt(Predictions::size).sum();
    int[] starts = new int[lists + 1];
    int list = 0;
    int rows = 0;
    for (Predictions part : parts) {
      places.addAll(part.places);
      queries.addAll(part.queries);
      for (int k = 0; k < part.size(); k++) {
        starts[list++] = rows + part.starts[k];
      }
      rows = Math.addExact(rows, part.rows());
    }
    starts[lists] = rows;
    return new Predictions(
        source,
        places,
        queries,
        starts,
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.labels)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.scores)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.weights)).toArray(),
        parts.get(0).topics);
  }

  /** Where they come from, for messages. */
  public String source() {
    return source;
  }

  /** The same under another name. */
  public Predictions named(String name) {
    return new Predictions(name, places, queries, starts, labels, scores, weights, topics);
  }

  /** Number of lists. */
  public int size() {
    return queries.size();
  }

  /** Number of rows over all lists. */
  public int rows() {
    return scores.length;
  }

  /** Whether rows have weights. */
  public boolean isWeighted() {
    return weights.length > 0;
  }

  /** What a list is called. */
  public String query(int list) {
    return queries.get(list);
  }

  /** What tells a list apart. */
  String place(int list) {
    return places.get(list);
  }

  /** Number of rows of a list. */
  int items(int list) {
    return starts[list + 1] - starts[list];
  }

  /** How far labels say anything of an order. */
  JudgedRows judged() {
    return JudgedRows.of(labels, starts, topics);
  }

  /**
   * Refuses labels that every order agrees with.
   *
   * @throws PredictionFileException if there is none of 0 or more, none above 0, or no list has two
   *     rows of different labels
   */
  public void requireJudged() {
    String problem = judged().problem();
    if (!problem.isEmpty()) {
      throw new PredictionFileException(source + ": " + problem);
    }
  }

  /**
   * Refuses labels that leave every row out.
   *
   * @throws PredictionFileException if none is 0 or more
   */
  public void requireLabels() {
    JudgedRows judged = judged();
    if (judged.isEmpty()) {
      throw new PredictionFileException(source + ": " + judged.problem());
    }
  }

  /** One list. */
  public ScoredList list(int list) {
    int from = starts[list];
    int to = starts[list + 1];
    return new ScoredList(
        Arrays.copyOfRange(labels, from * topics, to * topics),
        Arrays.copyOfRange(scores, from, to),
        weights.length == 0 ? weights : Arrays.copyOfRange(weights, from, to),
        new boolean[0],
        topics,
        tieId(places.get(list)));
  }

  /** The folder of a file is no part of it, so that ties of a copy are broken in the same way. */
  private static int tieId(String place) {
    return place.substring(place.lastIndexOf('/') + 1).hashCode();
  }

  /** Position of each list by what tells it apart. */
  Map<String, Integer> positions() {
    Map<String, Integer> positions = new HashMap<>(2 * places.size());
    for (int i = 0; i < places.size(); i++) {
      positions.put(places.get(i), i);
    }
    return positions;
  }
}
