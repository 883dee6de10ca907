package io.rankline.spark.cli.train;

import io.rankline.config.RunConfig;
import io.rankline.config.SyntheticSection;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListBatch;
import io.rankline.data.ListSize;
import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What orders without a model reach on the validation data of a run: a feeling for its numbers.
 *
 * <p>The best single feature, up or down, is chosen by NDCG@10 on the first training lists.
 */
final class Baselines {

  private static final int RANDOM_ORDERS = 10;
  private static final int LISTS_TO_CHOOSE_BY = 256;
  private static final String CHOSEN_BY = "ndcg@10";

  private final RunConfig run;
  private final List<RankingMetric> metrics;
  private final @Nullable String label;

  /**
   * Baselines of one task.
   *
   * @param label name of the task's label, or null for the only one
   */
  Baselines(RunConfig run, List<RankingMetric> metrics, @Nullable String label) {
    this.run = run;
    this.metrics = List.copyOf(metrics);
    this.label = label;
  }

  /** One dense column, as it is or negated. */
  private record Feature(String name, int column, int sign) {
    String shown() {
      return "best single feature (%s%s)".formatted(sign < 0 ? "-" : "", name);
    }
  }

  /** Values of each baseline by its name, the weakest first. */
  Map<String, Evaluation> evaluate() throws IOException {
    AbstractDatasetBuilder data = run.datasetBuilder();
    Feature feature = choose(data.buildTrainPass());
    Evaluator random = new Evaluator(metrics);
    Evaluator single = new Evaluator(metrics);
    SplittableRandom draws = new SplittableRandom(1);
    Long steps = run.hparams().validationSteps();
    each(
        data.buildValidDataset(),
        steps == null ? Long.MAX_VALUE : steps,
        batch -> {
          float[] scores = new float[batch.batchSize() * batch.listSize()];
          for (int order = 0; order < RANDOM_ORDERS; order++) {
            for (int i = 0; i < scores.length; i++) {
              scores[i] = draws.nextFloat();
            }
            add(random, batch, scores);
          }
          if (feature != null) {
            add(single, batch, column(batch, feature));
          }
        });
    Map<String, Evaluation> found = new LinkedHashMap<>();
    found.put("random order", random.evaluation());
    if (feature != null) {
      found.put(feature.shown(), single.evaluation());
    }
    return found;
  }

  /**
   * What the true utility of made-up data reaches on its validation lists: no ranker does better on
   * average. Null where the run validates on something else.
   */
  @Nullable Evaluation trueUtility() {
    SyntheticSection made = run.synthetic().orElse(null);
    if (made == null
        || label != null
        || run.hparams().validationSteps() != null
        || !run.datasetHparams().validInputPattern().startsWith(made.dir() + "/valid")) {
      return null;
    }
    ListSize limit = run.datasetHparams().effectiveValidListSize();
    boolean binary = run.datasetHparams().convertLabelsToBinary();
    Evaluator evaluator = new Evaluator(metrics);
    SyntheticLog log = new SyntheticLog(made.seed(), made.maxListSize());
    for (long number = made.trainLists();
        number < (long) made.trainLists() + made.validLists();
        number++) {
      SyntheticList list = log.list(number);
      int items = limit.of(list.size());
      float[] labels = new float[items];
      float[] scores = new float[items];
      for (int i = 0; i < items; i++) {
        labels[i] = binary ? Math.min(1, list.labels()[i]) : list.labels()[i];
        scores[i] = list.trueUtility()[i];
      }
      evaluator.add(ScoredList.of(labels, scores));
    }
    return evaluator.evaluation();
  }

  private interface BatchTaker {
    void take(ListBatch batch);
  }

  private static void each(RankingDataset data, long batches, BatchTaker taker) throws IOException {
    try (BatchStream<ListBatch> stream = data.open(UnaryOperator.identity(), 0)) {
      for (long n = 0; n < batches; n++) {
        ListBatch batch = stream.next();
        if (batch == null) {
          return;
        }
        taker.take(batch);
      }
    }
  }

  /** Null for data without dense features. */
  private @Nullable Feature choose(RankingDataset training) throws IOException {
    List<Feature> candidates = new ArrayList<>();
    List<Evaluator> evaluators = new ArrayList<>();
    List<RankingMetric> metric = RankingMetric.parseAll(CHOSEN_BY);
    int batches =
        Math.max(1, LISTS_TO_CHOOSE_BY / Math.max(1, run.datasetHparams().trainBatchSize()));
    each(
        training,
        batches,
        batch -> {
          if (candidates.isEmpty()) {
            candidates.addAll(candidates(batch));
            candidates.forEach(candidate -> evaluators.add(new Evaluator(metric)));
          }
          for (int k = 0; k < candidates.size(); k++) {
            add(evaluators.get(k), batch, column(batch, candidates.get(k)));
          }
        });
    Feature best = null;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < candidates.size(); k++) {
      double value = evaluators.get(k).evaluation().value(CHOSEN_BY).orElse(0);
      if (value > bestValue) {
        bestValue = value;
        best = candidates.get(k);
      }
    }
    return best;
  }

  private static List<Feature> candidates(ListBatch batch) {
    List<Feature> features = new ArrayList<>();
    for (DenseColumns dense : batch.layout().exampleDense()) {
      for (int k = 0; k < dense.width(); k++) {
        String name = dense.width() == 1 ? dense.name() : "%s[%d]".formatted(dense.name(), k);
        features.add(new Feature(name, dense.offset() + k, 1));
        features.add(new Feature(name, dense.offset() + k, -1));
      }
    }
    return features;
  }

  private static float[] column(ListBatch batch, Feature feature) {
    int width = batch.layout().exampleWidth();
    float[] scores = new float[batch.batchSize() * batch.listSize()];
    for (int i = 0; i < scores.length; i++) {
      float value = batch.examples()[i * width + feature.column()];
      scores[i] = Float.isNaN(value) ? 0 : feature.sign() * value;
    }
    return scores;
  }

  private void add(Evaluator evaluator, ListBatch batch, float[] scores) {
    int column = label == null ? 0 : batch.layout().labels().indexOf(label);
    for (int row = 0; row < batch.batchSize(); row++) {
      evaluator.add(ScoredList.of(batch, row, column, scores).withWeights());
    }
  }
}
