package io.rankline.spark.evaluation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    Map<String, String> taken = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    requireOne(taken, query, "the query");
    labels.forEach(label -> requireOne(taken, label, "the label"));
    requireOne(taken, score, "the score");
    if (weightRequired) {
      requireOne(taken, weight, "the weight");
    }
  }

  private static void requireOne(Map<String, String> taken, String column, String role) {
    String before = taken.putIfAbsent(column, role);
    if (before != null) {
      throw new IllegalArgumentException(
          before.equals(role)
              ? "column '%s' is named twice as %s".formatted(column, role)
              : "column '%s' cannot be both %s and %s; name another for one of them"
                  .formatted(column, before, role));
    }
  }

  /** Whether the weight's column, which is looked for unasked, already holds something else. */
  boolean isWeightTaken() {
    return query.equalsIgnoreCase(weight)
        || score.equalsIgnoreCase(weight)
        || labels.stream().anyMatch(weight::equalsIgnoreCase);
  }
}
