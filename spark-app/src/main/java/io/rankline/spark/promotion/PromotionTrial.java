package io.rankline.spark.promotion;

import io.rankline.data.TieOrder;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.profile.FeatureDrift;
import io.rankline.feature.profile.InputProfile;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.PairedTest;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.ModelPredictions;
import io.rankline.spark.evaluation.PredictionEvaluation;
import io.rankline.spark.evaluation.Predictions;
import io.rankline.spark.evaluation.QueryFacts;
import io.rankline.spark.evaluation.TrainingData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of a candidate with the model that serves, on queries with labels.
 *
 * @param metric by which they are compared
 * @param task of models of several; null for the only one
 * @param pattern files with labels
 * @param data how they are read
 * @param slices features of the context whose values are judged each by itself
 * @param rule when the candidate is promoted
 * @param otherFeatures whether the candidate may read features that the serving model does not
 * @param maxDrift largest drift of a feature; null for any
 */
public record PromotionTrial(
    RankingMetric metric,
    @Nullable String task,
    String pattern,
    TrainingData data,
    List<String> slices,
    PromotionRule rule,
    boolean otherFeatures,
    @Nullable Double maxDrift) {

  private static final String SERVING_NONE =
      "no model serves yet: there is nothing to compare with";

  public PromotionTrial {
    slices = List.copyOf(slices);
  }

  /** A model and where it lies. */
  public record Placed(String folder, SavedRankingModel model) {}

  /**
   * Compares.
   *
   * @param serving null where no model serves
   * @throws IOException if the data cannot be read
   * @throws IllegalArgumentException for a task, slice or label that is not there
   */
  public PromotionDecision decide(Placed candidate, @Nullable Placed serving) throws IOException {
    List<String> reasons = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<SliceResult> results = new ArrayList<>();
    Predictions scored = predictions(candidate);
    scored.requireJudged();
    if (serving == null) {
      remarks.add(SERVING_NONE);
    } else {
      (otherFeatures ? remarks : reasons).addAll(otherFeatures(candidate.model(), serving.model()));
    }
    boolean isCompared = serving != null && reasons.isEmpty();
    QueryFacts facts =
        QueryFacts.read(candidate.model(), pattern, data, isCompared ? slices : List.of());
    if (serving != null && isCompared) {
      results.addAll(results(scored, predictions(serving), facts));
    }
    results.stream()
        .map(SliceResult::problem)
        .filter(text -> !text.isEmpty())
        .forEach(reasons::add);
    List<FeatureDrift> drift = drift(candidate.model(), facts, reasons, remarks);
    return new PromotionDecision(
        candidate.folder(),
        serving == null ? "" : serving.folder(),
        pattern,
        metric.name(),
        reasons,
        remarks,
        results,
        drift);
  }

  private List<SliceResult> results(
      Predictions ofCandidate, Predictions ofServing, QueryFacts facts) {
    PredictionEvaluation evaluation =
        PredictionEvaluation.compare(ofServing, ofCandidate, options());
    MetricSample before = evaluation.values().first().get(0);
    MetricSample after = evaluation.values().second().get(0);
    List<SliceResult> results = new ArrayList<>();
    results.add(rule.all(before, after));
    for (String feature : slices) {
      Map<String, String> values = facts.slices().getOrDefault(feature, new TreeMap<>());
      List<Optional<String>> ofQueries =
          evaluation.values().queries().stream()
              .map(query -> Optional.ofNullable(values.get(query)))
              .toList();
      results.addAll(rule.slices(feature, ofQueries, before, after));
    }
    return results;
  }

  private List<FeatureDrift> drift(
      SavedRankingModel candidate, QueryFacts facts, List<String> reasons, List<String> remarks) {
    Optional<InputProfile> training = candidate.profile();
    if (training.isEmpty()) {
      remarks.add("the candidate has no profile of its training data, so drift is not known");
      return List.of();
    }
    List<FeatureDrift> drift = FeatureDrift.of(training.get(), facts.profile());
    double limit = maxDrift == null ? FeatureDrift.MUCH : maxDrift;
    for (FeatureDrift of : drift) {
      if (of.index() > limit) {
        (maxDrift == null ? remarks : reasons)
            .add(
                String.format(
                    Locale.ROOT,
                    "feature '%s' has moved away from the training data: stability index %.2f,"
                        + " above %s",
                    of.feature(),
                    of.index(),
                    limit));
      }
    }
    return drift;
  }

  private EvaluationOptions options() {
    return new EvaluationOptions(
        List.of(metric),
        EmptyLists.AS_ZERO,
        TieOrder.AS_GIVEN,
        0,
        0.95,
        PairedTest.DEFAULT_PERMUTATIONS,
        rule.seed());
  }

  private Predictions predictions(Placed placed) throws IOException {
    SortedMap<String, Predictions> byTask = ModelPredictions.read(placed.model(), pattern, data);
    if (task == null && byTask.size() > 1) {
      throw new IllegalArgumentException(
          "%s has several tasks; say which one is compared: %s"
              .formatted(placed.folder(), String.join(", ", byTask.keySet())));
    }
    Predictions found = task == null ? byTask.get(byTask.firstKey()) : byTask.get(task);
    if (found == null) {
      throw new IllegalArgumentException(
          "%s has no task '%s'; its tasks are %s"
              .formatted(placed.folder(), task, String.join(", ", byTask.keySet())));
    }
    return found.named(placed.folder());
  }

  /** What a server would have to send to the candidate and does not send now. */
  private static List<String> otherFeatures(
      SavedRankingModel candidate, SavedRankingModel serving) {
    List<String> reasons = new ArrayList<>();
    RecordSpec needed = candidate.requests();
    RecordSpec sent = serving.requests();
    compare("context", needed.context(), sent.context(), reasons);
    compare("item", needed.examples(), sent.examples(), reasons);
    return reasons;
  }

  private static void compare(
      String side,
      SortedMap<String, FeatureSpec> needed,
      SortedMap<String, FeatureSpec> sent,
      List<String> reasons) {
    TreeSet<String> missing = new TreeSet<>(needed.keySet());
    missing.removeAll(sent.keySet());
    for (String name : missing) {
      reasons.add(
          "it reads the %s feature '%s', which the serving model does not: requests may lack it;"
                  .formatted(side, name)
              + " let requests send it, then allow other features");
    }
    needed.forEach(
        (name, spec) -> {
          FeatureSpec other = sent.get(name);
          if (other != null && !other.equals(spec)) {
            reasons.add(
                "it reads the %s feature '%s' as %s, the serving model as %s; make both alike, or"
                        .formatted(side, name, spec, other)
                    + " allow other features");
          }
        });
  }
}
