package io.rankline.spark.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.io.Folder;
import io.rankline.metric.significance.Comparison;
import io.rankline.spark.evaluation.JsonNumbers;
import java.io.IOException;

/** What configurations reach, for programs. */
public final class QualityJson {

  private static final String FILE = "quality.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private QualityJson() {}

  /** Writes {@code quality.json}. */
  public static void write(QualityTable table, Folder folder) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("data", table.data());
    root.put("queries", table.queries());
    table.folds().queries().forEach(root.putArray("folds")::add);
    root.put("seeds", table.seeds());
    root.put("baseline", table.baseline());
    ObjectNode configurations = root.putObject("configurations");
    for (QualityScores scores : table.scores()) {
      ObjectNode node = configurations.putObject(scores.name());
      node.put("file", scores.file());
      node.put("trainings", scores.trainings().size());
      node.put("seconds_of_a_training", scores.time().toMillis() / 1e3);
      ObjectNode failures = node.putObject("failures");
      scores.trainings().stream()
          .map(QualityRun.Training::result)
          .filter(result -> !result.isDone())
          .forEach(result -> failures.put(result.trial().folder(), result.failure()));
      ObjectNode metrics = node.putObject("metrics");
      for (int m = 0; m < table.options().metrics().size(); m++) {
        String name = table.options().metrics().get(m).name();
        table.value(scores, m).ifPresent(value -> write(value, metrics.putObject(name)));
      }
    }
    byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    folder.write(FILE, out -> out.write(json));
  }

  private static void write(QualityTable.Value value, ObjectNode node) {
    node.set("mean", JsonNumbers.of(value.mean()));
    node.set("standard_error", JsonNumbers.of(value.standardError()));
    ArrayNode folds = node.putArray("folds");
    value.folds().forEach(mean -> folds.add(JsonNumbers.of(mean)));
    ArrayNode seeds = node.putArray("seeds");
    value.seeds().forEach(mean -> seeds.add(JsonNumbers.of(mean)));
    Comparison difference = value.difference();
    if (difference != null) {
      node.set("difference", JsonNumbers.of(difference.difference()));
      node.set("difference_standard_error", JsonNumbers.of(difference.standardError()));
      node.set("p_value", JsonNumbers.of(difference.permutationPValue()));
    }
  }
}
