package io.rankline.pipeline.explanation;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A metric of variants of the same lists, scored together in large batches, whatever variant they
 * are of. Of lists that a variant has several times, the mean counts.
 */
final class VariantScores {

  /** Slots of a batch: enough for the network to be busy. */
  private static final int SLOTS = 4096;

  private final RankingModel model;
  private final String task;
  private final Evaluator evaluator;
  private final LongConsumer progress;
  private final ListBatcher batcher = new ListBatcher(ListSize.ALL);
  private final double[][] sums;
  private final double[][] weights;
  private final int[][] counts;
  private final List<RankingList> waiting = new ArrayList<>();
  private final List<int[]> places = new ArrayList<>();

  VariantScores(
      RankingModel model,
      String task,
      RankingMetric metric,
      TieOrder ties,
      int variants,
      int lists,
      LongConsumer progress) {
    this.model = model;
    this.task = task;
    this.evaluator = new Evaluator(List.of(metric), ties);
    this.progress = progress;
    this.sums = new double[variants][lists];
    this.weights = new double[variants][lists];
    this.counts = new int[variants][lists];
  }

  /** Takes list number {@code number} of a variant in; it must have items. */
  void add(int variant, int number, RankingList list) {
    int longest = waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).size();
    if ((waiting.size() + 1) * Math.max(longest, list.size()) > SLOTS) {
      score();
    }
    waiting.add(list);
    places.add(new int[] {variant, number});
  }

  /** The values of each variant. */
  List<MetricSample> samples() {
    score();
    List<MetricSample> samples = new ArrayList<>();
    for (int v = 0; v < sums.length; v++) {
      double[] means = sums[v].clone();
      for (int q = 0; q < means.length; q++) {
        means[q] /= counts[v][q];
      }
      samples.add(new MetricSample(means, weights[v]));
    }
    return samples;
  }

  private void score() {
    if (waiting.isEmpty()) {
      return;
    }
    ListBatch batch = batcher.batch(waiting);
    float[] scores = model.scoresTransformed(batch).get(task);
    if (scores == null || scores.length != batch.mask().length) {
      throw new IllegalArgumentException(
          "task '%s' has several scores an item, which are no ranking".formatted(task));
    }
    int label = model.labelColumn(batch.layout(), task);
    for (int row = 0; row < batch.batchSize(); row++) {
      int variant = places.get(row)[0];
      int number = places.get(row)[1];
      MetricSample.Builder value = new MetricSample.Builder();
      evaluator.add(ScoredList.of(batch, row, label, scores).withId(number), List.of(value));
      MetricSample one = value.build();
      sums[variant][number] += one.values()[0];
      weights[variant][number] = one.weights()[0];
      counts[variant][number]++;
    }
    progress.accept(waiting.size());
    waiting.clear();
    places.clear();
  }
}
