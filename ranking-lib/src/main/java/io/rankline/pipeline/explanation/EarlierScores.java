package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the model of an earlier training reaches on the same lists. It may read other features, or
 * have other tasks; where it cannot score these lists, there is nothing to compare.
 */
final class EarlierScores {

  private static final Logger log = LoggerFactory.getLogger(EarlierScores.class);

  private final RankingModel model;
  private final String task;
  private final int column;
  private final Evaluator evaluator;
  private final List<MetricSample.Builder> samples = new ArrayList<>();
  private String fault = "";

  /**
   * Scores of a task.
   *
   * @param column of its label
   */
  EarlierScores(RankingModel model, String task, int column, List<RankingMetric> metrics) {
    this.model = model;
    this.task = task;
    this.column = column;
    this.evaluator = new Evaluator(metrics);
    metrics.forEach(metric -> samples.add(new MetricSample.Builder()));
  }

  void add(List<RankingList> lists) {
    if (!fault.isEmpty()) {
      return;
    }
    try {
      List<float[]> scores =
          ListScores.of(model, lists.stream().map(model.encoder()::transform).toList()).get(task);
      if (scores == null) {
        throw new IllegalArgumentException(
            "its tasks are %s, not '%s'".formatted(model.tasks().keySet(), task));
      }
      for (int q = 0; q < lists.size(); q++) {
        evaluator.add(ScoredList.of(lists.get(q), column, scores.get(q)).withWeights(), samples);
      }
    } catch (RuntimeException e) {
      fault = String.valueOf(e.getMessage());
      log.warn("the earlier model cannot score the validation data: {}", fault);
    }
  }

  /** Why the lists could not be scored; empty where they could. */
  String fault() {
    return fault;
  }

  /** What was reached; empty where it could not be scored. */
  Optional<Baseline> build() {
    return fault.isEmpty()
        ? Optional.of(
            new Baseline(
                "earlier run",
                evaluator.evaluation(),
                samples.stream().map(MetricSample.Builder::build).toList()))
        : Optional.empty();
  }
}
