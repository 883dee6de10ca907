package io.rankline.spark.evaluation;

import java.util.List;

/**
 * Which columns of a file of predictions hold what. Names are matched whatever their case.
 *
 * @param query names the list that a row belongs to
 * @param labels relevance: one column, or one for each topic
 * @param score the ranker's score
 * @param weight weight of the row; rows weigh 1 where the file has no such column
 * @param weightRequired whether a file without the weight column is refused
 */
public record PredictionColumns(
    String query, List<String> labels, String score, String weight, boolean weightRequired) {

  /** {@code qid}, {@code label}, {@code score} and, where there is one, {@code weight}. */
  public static final PredictionColumns DEFAULTS =
      new PredictionColumns("qid", List.of("label"), "score", "weight", false);

  public PredictionColumns {
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("labels must name a column");
    }
  }
}
