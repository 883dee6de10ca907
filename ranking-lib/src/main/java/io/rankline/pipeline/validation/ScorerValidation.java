package io.rankline.pipeline.validation;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.serving.RankingScorer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Holds the scores of an exported model against the labels of a data set. */
public final class ScorerValidation {

  private ScorerValidation() {}

  /**
   * Takes a data set in and evaluates it, all items counting alike.
   *
   * @param model with one score an item
   * @param steps number of batches, from the first; null for all
   * @param metrics of each task
   * @return by task
   * @throws IOException if the data cannot be read
   */
  public static SortedMap<String, Evaluation> of(
      RankingScorer model,
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics)
      throws IOException {
    SortedMap<String, Evaluator> evaluators = new TreeMap<>();
    model.tasks().forEach(task -> evaluators.put(task, new Evaluator(metrics)));
    try (BatchStream<List<RankingList>> batches =
        dataset.open(UnaryOperator.identity(), BatchForm.LISTS, 0)) {
      List<RankingList> lists = batches.next();
      for (long taken = 1; lists != null; taken++) {
        add(model, lists, evaluators);
        lists = steps == null || taken < steps ? batches.next() : null;
      }
    }
    SortedMap<String, Evaluation> evaluations = new TreeMap<>();
    evaluators.forEach((task, evaluator) -> evaluations.put(task, evaluator.evaluation()));
    return evaluations;
  }

  private static void add(
      RankingScorer model, List<RankingList> lists, SortedMap<String, Evaluator> evaluators) {
    List<SortedMap<String, float[]>> scores = model.predictAll(lists);
    for (int q = 0; q < lists.size(); q++) {
      RankingList list = lists.get(q);
      SortedMap<String, float[]> ofList = scores.get(q);
      evaluators.forEach(
          (task, evaluator) ->
              evaluator.add(
                  ScoredList.of(
                          list,
                          model.labelColumn(list.layout(), task),
                          Objects.requireNonNull(ofList.get(task)))
                      .withWeights()));
    }
  }
}
