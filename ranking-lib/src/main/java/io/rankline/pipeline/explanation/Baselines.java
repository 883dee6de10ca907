package io.rankline.pipeline.explanation;

import io.rankline.data.DenseColumns;
import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What orders without a model reach on the validation data of a training, list by list: a feeling
 * for its numbers. Weights do not count.
 *
 * <p>The best single feature, up or down, is chosen by NDCG@10 on training lists.
 */
final class Baselines {

  private static final int RANDOM_ORDERS = 10;
  private static final List<RankingMetric> CHOSEN_BY = RankingMetric.parseAll("ndcg@10");

  private final int column;
  private final Evaluator random;
  private final Evaluator single;
  private final List<MetricSample.Builder> samples = new ArrayList<>();
  private final SplittableRandom draws = new SplittableRandom(1);
  private final @Nullable Feature feature;

  /** One dense column, as it is or negated. */
  private record Feature(String name, int column, int sign) {
    String shown() {
      return "best single feature (%s%s)".formatted(sign < 0 ? "-" : "", name);
    }

    float[] scores(RankingList list) {
      int width = list.layout().exampleWidth();
      float[] scores = new float[list.size()];
      for (int i = 0; i < scores.length; i++) {
        float value = list.examples()[i * width + column];
        scores[i] = Float.isNaN(value) ? 0 : sign * value;
      }
      return scores;
    }
  }

  /**
   * Baselines of one task that have seen no list yet.
   *
   * @param column of the task's label
   * @param training lists to choose a feature by; no feature is chosen where there are none
   */
  Baselines(List<RankingMetric> metrics, int column, List<RankingList> training) {
    this.column = column;
    this.random = new Evaluator(metrics);
    this.single = new Evaluator(metrics);
    metrics.forEach(metric -> samples.add(new MetricSample.Builder()));
    this.feature = choose(training);
  }

  /**
   * Takes a batch of validation lists in.
   *
   * @param length to which its lists are padded
   */
  void add(List<RankingList> lists, int length) {
    for (int order = 0; order < RANDOM_ORDERS; order++) {
      for (RankingList list : lists) {
        float[] scores = new float[list.size()];
        for (int i = 0; i < length; i++) {
          float score = draws.nextFloat();
          if (i < scores.length) {
            scores[i] = score;
          }
        }
        random.add(ScoredList.of(list, column, scores).withWeights());
      }
    }
    if (feature != null) {
      for (RankingList list : lists) {
        single.add(ScoredList.of(list, column, feature.scores(list)).withWeights(), samples);
      }
    }
  }

  /** The baselines so far, the weakest first. */
  List<Baseline> build() {
    List<Baseline> found = new ArrayList<>();
    found.add(new Baseline("random order", random.evaluation(), List.of()));
    if (feature != null) {
      found.add(
          new Baseline(
              feature.shown(),
              single.evaluation(),
              samples.stream().map(MetricSample.Builder::build).toList()));
    }
    return found;
  }

  /** Null for data without dense features. */
  private @Nullable Feature choose(List<RankingList> training) {
    List<Feature> candidates = training.isEmpty() ? List.of() : candidates(training.get(0));
    double[] values = candidates.parallelStream().mapToDouble(c -> value(c, training)).toArray();
    Feature best = null;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < values.length; k++) {
      if (values[k] > bestValue) {
        bestValue = values[k];
        best = candidates.get(k);
      }
    }
    return best;
  }

  private double value(Feature candidate, List<RankingList> training) {
    Evaluator evaluator = new Evaluator(CHOSEN_BY);
    for (RankingList list : training) {
      evaluator.add(ScoredList.of(list, column, candidate.scores(list)).withWeights());
    }
    return evaluator.evaluation().value(CHOSEN_BY.get(0).name()).orElse(0);
  }

  private static List<Feature> candidates(RankingList list) {
    List<Feature> features = new ArrayList<>();
    for (DenseColumns dense : list.layout().exampleDense()) {
      for (int k = 0; k < dense.width(); k++) {
        String name = dense.width() == 1 ? dense.name() : "%s[%s]".formatted(dense.name(), k);
        features.add(new Feature(name, dense.offset() + k, 1));
        features.add(new Feature(name, dense.offset() + k, -1));
      }
    }
    return features;
  }
}
