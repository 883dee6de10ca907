package io.rankline.spark.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.metric.evaluation.MetricMean;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.explanation.FeatureImportance;
import io.rankline.pipeline.explanation.Importances;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as a program reads it: an object keyed by metric. A value that does not exist, such
 * as the mean of no list, is null.
 */
public final class EvaluationJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EvaluationJson() {}

  /**
   * Writes a file, in place of one that is there.
   *
   * @param byTask evaluations by task
   * @param importances of the tasks that they were measured for
   * @param several whether there is an object a task
   * @param shown the p-value of a comparison
   */
  public static void write(
      ResultFile file,
      EvaluationOptions options,
      SortedMap<String, PredictionEvaluation> byTask,
      SortedMap<String, Importances> importances,
      boolean several,
      PValue shown)
      throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    byTask.forEach(
        (task, evaluation) -> {
          ObjectNode node = several ? root.putObject(task) : root;
          put(node, options, evaluation, shown);
          Importances found = importances.get(task);
          if (found != null) {
            put(node.putObject("importance"), found, options);
          }
        });
    file.write(out -> MAPPER.writerWithDefaultPrettyPrinter().writeValue(out, root));
  }

  private static void put(ObjectNode node, Importances found, EvaluationOptions options) {
    node.put("metric", found.metric());
    node.set("value", JsonNumbers.of(found.value()));
    node.put("queries", found.lists());
    node.put("items", found.items());
    node.put("repeats", found.repeats());
    node.put("seed", options.seed());
    ArrayNode features = node.putArray("features");
    for (FeatureImportance feature : found.features()) {
      ObjectNode entry = features.addObject();
      entry.put("feature", feature.feature());
      entry.set("lost", JsonNumbers.of(feature.lost()));
      putInterval(entry, "interval", feature.interval());
      entry.put("permuted_among", feature.permuted().name().toLowerCase(Locale.ROOT));
    }
  }

  private static void put(
      ObjectNode root, EvaluationOptions options, PredictionEvaluation evaluation, PValue shown) {
    for (MetricReport report : evaluation.metrics()) {
      ObjectNode metric = root.putObject(report.metric());
      putMean(metric, options, report.mean(), report.interval());
      putRows(metric, evaluation.judged().get(0));
      metric.put("empty_lists", options.emptyLists().name().toLowerCase(Locale.ROOT));
      MetricReport.Compared compared = report.compared();
      if (compared != null) {
        ObjectNode other = metric.putObject("compared");
        putMean(other, options, compared.mean(), compared.interval());
        putRows(other, evaluation.judged().get(1));
        metric.set("difference", JsonNumbers.of(compared.comparison().difference()));
        putInterval(metric, "difference_interval", compared.differenceInterval());
        metric.put("p_value", shown.of(compared.comparison()));
        metric.put("p_value_permutation", compared.comparison().permutationPValue());
        metric.put("p_value_t", compared.comparison().tPValue());
        metric.put("queries_better", compared.contest().wins());
        metric.put("queries_worse", compared.contest().losses());
        metric.put("queries_only_in_first", evaluation.onlyInFirst());
        metric.put("queries_only_in_second", evaluation.onlyInSecond());
        metric.put("queries_with_different_labels", evaluation.differentLabels());
      }
    }
  }

  private static void putMean(
      ObjectNode node,
      EvaluationOptions options,
      MetricMean mean,
      @Nullable ConfidenceInterval interval) {
    OptionalDouble value = mean.value(options.emptyLists());
    node.set("value", JsonNumbers.of(value.orElse(Double.NaN)));
    putInterval(node, "interval", interval);
    if (interval != null) {
      node.put("confidence", interval.level());
    }
    node.put("queries", mean.countedLists(options.emptyLists()));
    node.put("queries_without_relevant_items", mean.emptyLists());
    node.put("queries_without_weight", mean.weightlessLists());
  }

  private static void putRows(ObjectNode node, JudgedRows rows) {
    node.put("labels", rows.labels());
    node.put("labels_below_0", rows.below0());
  }

  private static void putInterval(
      ObjectNode node, String name, @Nullable ConfidenceInterval interval) {
    if (interval == null) {
      node.putNull(name);
    } else {
      ArrayNode ends = node.putArray(name);
      ends.add(interval.low()).add(interval.high());
    }
  }
}
