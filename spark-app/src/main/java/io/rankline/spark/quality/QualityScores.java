package io.rankline.spark.quality;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.pipeline.ExportName;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.ModelPredictions;
import io.rankline.spark.evaluation.PredictionEvaluation;
import io.rankline.spark.evaluation.Predictions;
import io.rankline.spark.evaluation.QueryValues;
import io.rankline.spark.evaluation.TrainingData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the models of a configuration reach on the folds that they were not trained on.
 *
 * @param name of the configuration
 * @param file of it
 * @param trainings how they went
 * @param queries what names each query; none where a training failed
 * @param sizes number of queries of each fold, which come one after the other
 * @param means of each metric over the seeds, query by query
 * @param bySeed of each seed the sample of each metric
 */
public record QualityScores(
    String name,
    String file,
    List<QualityRun.Training> trainings,
    List<String> queries,
    List<Integer> sizes,
    List<MetricSample> means,
    List<List<MetricSample>> bySeed) {

  public QualityScores {
    trainings = List.copyOf(trainings);
    queries = List.copyOf(queries);
    sizes = List.copyOf(sizes);
    means = List.copyOf(means);
    bySeed = bySeed.stream().map(List::copyOf).toList();
  }

  /**
   * Scores the test fold of each training. The model of the best epoch by the validation data
   * counts where the configuration exports that, otherwise the one of the last epoch.
   *
   * @param task of models of several; null for the only one
   * @throws IOException if a model or a fold cannot be read
   * @throws IllegalArgumentException for a task that is not there
   */
  static QualityScores of(
      Contestant contestant,
      List<QualityRun.Training> trainings,
      FoldFiles folds,
      EvaluationOptions options,
      @Nullable String task)
      throws IOException {
    List<String> queries = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<List<MetricSample>> bySeed = new ArrayList<>();
    String file = contestant.file().toString();
    if (trainings.stream().anyMatch(each -> !each.result().isDone())) {
      return new QualityScores(
          contestant.name(), file, trainings, queries, sizes, List.of(), bySeed);
    }
    for (QualityRun.Training training : trainings) {
      QueryValues values =
          PredictionEvaluation.of(predictions(training, folds, task), options).values();
      if (training.seed() == 0) {
        queries.addAll(values.queries());
        sizes.add(values.queries().size());
      }
      if (training.fold() == 0) {
        bySeed.add(values.first());
      } else {
        int seed = training.seed();
        bySeed.set(seed, followed(bySeed.get(seed), values.first()));
      }
    }
    return new QualityScores(
        contestant.name(), file, trainings, queries, sizes, means(bySeed), bySeed);
  }

  /** Whether every training ended with a model. */
  public boolean isDone() {
    return !means.isEmpty();
  }

  /** Time of a training, on average. */
  public Duration time() {
    return trainings.stream()
        .map(QualityRun.Training::time)
        .reduce(Duration.ZERO, Duration::plus)
        .dividedBy(Math.max(1, trainings.size()));
  }

  private static Predictions predictions(
      QualityRun.Training training, FoldFiles folds, @Nullable String task) throws IOException {
    Folder folder = ExportName.bestIn(Storage.ofClassPath().folder(training.result().modelDir()));
    SavedRankingModel model = SavedRankingModel.load(folder);
    SortedMap<String, Predictions> byTask =
        ModelPredictions.read(model, folds.test(training.fold()), TrainingData.of(model));
    Predictions found = byTask.get(task == null ? byTask.firstKey() : task);
    if (found == null || (task == null && byTask.size() > 1)) {
      throw new IllegalArgumentException(
          "%s: say which task is measured with --task, one of %s"
              .formatted(folder.path(), String.join(", ", byTask.keySet())));
    }
    found.requireJudged();
    return found;
  }

  private static List<MetricSample> followed(List<MetricSample> first, List<MetricSample> next) {
    List<MetricSample> all = new ArrayList<>();
    for (int m = 0; m < first.size(); m++) {
      all.add(first.get(m).followedBy(next.get(m)));
    }
    return all;
  }

  /** Weights are those of the labels, the same for every model. */
  private static List<MetricSample> means(List<List<MetricSample>> bySeed) {
    List<MetricSample> means = new ArrayList<>();
    for (int metric = 0; metric < bySeed.get(0).size(); metric++) {
      double[] sums = new double[bySeed.get(0).get(metric).size()];
      for (List<MetricSample> seed : bySeed) {
        double[] values = seed.get(metric).values();
        Arrays.setAll(sums, query -> sums[query] + values[query]);
      }
      Arrays.setAll(sums, query -> sums[query] / bySeed.size());
      means.add(new MetricSample(sums, bySeed.get(0).get(metric).weights()));
    }
    return means;
  }
}
