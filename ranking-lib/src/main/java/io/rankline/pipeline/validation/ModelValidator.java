package io.rankline.pipeline.validation;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.loss.LossBatch;
import io.rankline.loss.LossResult;
import io.rankline.loss.LossWorkspace;
import io.rankline.loss.Values;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.report.DataProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Holds the scores of a model against the labels of a data set, batch by batch. */
public final class ModelValidator {

  private final RankingModel model;
  private final boolean keepSamples;
  private final SortedMap<String, TaskTally> tallies = new TreeMap<>();
  private final DataProfile.Builder profile = new DataProfile.Builder();
  private long lists;

  /** Losses and metrics of one task so far. */
  private static final class TaskTally {
    private final TaskLoss task;
    private final LossWorkspace workspace = new LossWorkspace();
    private final @Nullable Evaluator plain;
    private final @Nullable Evaluator weighted;
    private final List<MetricSample.Builder> samples = new ArrayList<>();
    private @Nullable LossResult loss;

    TaskTally(TaskLoss task, List<RankingMetric> metrics, List<RankingMetric> weightedMetrics) {
      this.task = task;
      // Several scores an item are no ranking.
      boolean ranks = task.objective().outputs() == 1;
      plain = ranks && !metrics.isEmpty() ? new Evaluator(metrics) : null;
      weighted = ranks && !weightedMetrics.isEmpty() ? new Evaluator(weightedMetrics) : null;
      if (plain != null) {
        metrics.forEach(metric -> samples.add(new MetricSample.Builder()));
      }
    }
  }

  /**
   * An evaluator that has seen no list yet.
   *
   * @param metrics of each task, all items counting alike
   * @param weightedMetrics of each task with the sample weights
   * @param keepSamples whether values of single lists are kept, for intervals
   */
  public ModelValidator(
      RankingModel model,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean keepSamples) {
    this.model = model;
    this.keepSamples = keepSamples;
    model
        .tasks()
        .forEach((name, task) -> tallies.put(name, new TaskTally(task, metrics, weightedMetrics)));
  }

  /**
   * Takes a data set in and evaluates it.
   *
   * @param transform the same object for every data set of a training
   * @param steps number of batches, from the first; null for all
   * @throws IOException also for a data set without lists
   */
  public Validation evaluate(
      RankingDataset dataset, UnaryOperator<RankingList> transform, @Nullable Long steps)
      throws IOException {
    long taken = 0;
    try (BatchStream<ListBatch> batches = dataset.open(transform, 0)) {
      while (steps == null || taken < steps) {
        ListBatch batch = batches.next();
        if (batch == null) {
          break;
        }
        add(batch);
        taken++;
      }
    }
    if (taken == 0) {
      throw new IOException("the data to evaluate holds no list");
    }
    return validation();
  }

  /** Takes a batch of transformed lists in. */
  public void add(ListBatch batch) {
    Map<String, float[]> scores = model.scoresTransformed(batch);
    lists += batch.batchSize();
    if (keepSamples) {
      profile.add(batch);
    }
    tallies.forEach(
        (name, tally) -> {
          float[] ofTask = scores.get(name);
          if (ofTask != null) {
            add(batch, tally, model.labelColumn(batch.layout(), name), ofTask);
          }
        });
  }

  /** What the batches so far amount to. */
  public Validation validation() {
    SortedMap<String, LossResult> losses = new TreeMap<>();
    SortedMap<String, Evaluation> metrics = new TreeMap<>();
    SortedMap<String, Evaluation> weighted = new TreeMap<>();
    SortedMap<String, List<MetricSample>> samples = new TreeMap<>();
    tallies.forEach(
        (name, tally) -> {
          if (tally.loss != null) {
            losses.put(name, tally.loss);
          }
          if (tally.plain != null) {
            metrics.put(name, tally.plain.evaluation());
            if (keepSamples) {
              samples.put(name, tally.samples.stream().map(MetricSample.Builder::build).toList());
            }
          }
          if (tally.weighted != null) {
            weighted.put(name, tally.weighted.evaluation());
          }
        });
    return new Validation(lists, losses, metrics, weighted, samples, profile);
  }

  private void add(ListBatch batch, TaskTally tally, int column, float[] scores) {
    LossResult loss = lossOf(batch, tally, column, scores);
    tally.loss = tally.loss == null ? loss : tally.task.objective().merge(tally.loss, loss);
    Evaluator plain = tally.plain;
    Evaluator weighted = tally.weighted;
    if (plain == null && weighted == null) {
      return;
    }
    for (int row = 0; row < batch.batchSize(); row++) {
      ScoredList list = ScoredList.of(batch, row, column, scores);
      if (weighted != null) {
        weighted.add(list);
      }
      if (plain != null) {
        ScoredList unweighted = list.withWeights();
        if (keepSamples) {
          plain.add(unweighted, tally.samples);
        } else {
          plain.add(unweighted);
        }
      }
    }
  }

  private static LossResult lossOf(ListBatch batch, TaskTally tally, int column, float[] scores) {
    int items = batch.batchSize() * batch.listSize();
    float[] labels = Arrays.copyOfRange(batch.labels(), column * items, (column + 1) * items);
    LossBatch.Builder lossBatch =
        LossBatch.of(batch.batchSize(), batch.listSize())
            .labels(Values.of(labels, 0))
            .scores(Values.of(scores, 0))
            .outputs(tally.task.objective().outputs());
    if (batch.layout().weights() == WeightLayout.PER_ITEM) {
      lossBatch.itemWeights(Values.of(batch.weights(), 0));
    } else if (batch.layout().weights() == WeightLayout.PER_LIST) {
      lossBatch.listWeights(Values.of(batch.weights(), 0));
    }
    return tally.task.objective().evaluate(lossBatch.build(), tally.workspace);
  }
}
