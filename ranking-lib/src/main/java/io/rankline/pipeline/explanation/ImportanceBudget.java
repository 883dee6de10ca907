package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.model.RankingModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures importance with so many scores of items that a report waits for it a fraction of a
 * second, as a rule: all features on all lists where that is few enough, else the most important
 * ones. Those are chosen on some lists and measured on others, so that the choice does not flatter
 * them.
 */
final class ImportanceBudget {

  /** Scores of items; a training of ten epochs on 400 lists of 60 items takes more. */
  private static final long SCORES = 200_000;

  /** So many features are measured where there are more than can be. */
  private static final int FEATURES = 20;

  /** Fewer lists say nothing. */
  private static final int FEWEST_LISTS = 5;

  private static final long SEED = 1;

  private final RankingModel model;
  private final String task;
  private final RankingMetric metric;
  private final long scores;

  /**
   * A budget of one task.
   *
   * @param tasks number of tasks that share it
   */
  ImportanceBudget(RankingModel model, String task, RankingMetric metric, int tasks) {
    this.model = model;
    this.task = task;
    this.metric = metric;
    this.scores = SCORES / tasks;
  }

  /**
   * What was measured.
   *
   * @param importances of all features, or of the most important ones
   * @param screened number of lists that these were chosen on; 0 for all features
   */
  record Measured(Importances importances, int screened) {}

  /** Importance on some of the lists; empty where they are too few, or features too many. */
  Optional<Measured> measure(List<RankingList> transformed) {
    List<RankingList> lists = transformed.stream().map(RankingList::withoutWeights).toList();
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    int features = PermutationImportance.features(lists.get(0)).size();
    int affordable = affordable(lists, 1 + features, scores);
    if (affordable == lists.size() || features <= FEATURES) {
      return affordable == 0 || features == 0
          ? Optional.empty()
          : Optional.of(
              new Measured(
                  settings(lists.subList(0, affordable), features)
                      .of(model, task, lists.subList(0, affordable), name -> true, n -> {}),
                  0));
    }
    int screened = affordable(lists, 1 + features, scores / 2);
    if (screened < FEWEST_LISTS || lists.size() - screened < FEWEST_LISTS) {
      return Optional.empty();
    }
    Set<String> chosen = new HashSet<>();
    new PermutationImportance(metric, EmptyLists.AS_ZERO, TieOrder.AS_GIVEN, 1, null, SEED)
        .of(model, task, lists.subList(0, screened), name -> true, n -> {}).features().stream()
            .limit(FEATURES)
            .forEach(feature -> chosen.add(feature.feature()));
    List<RankingList> others = lists.subList(screened, lists.size());
    List<RankingList> measured = others.subList(0, affordable(others, 1 + FEATURES, scores / 2));
    return Optional.of(
        new Measured(
            settings(measured, FEATURES).of(model, task, measured, chosen::contains, n -> {}),
            screened));
  }

  /** Repeats cost less than lists of their own, so they take what is left. */
  private PermutationImportance settings(List<RankingList> lists, int features) {
    long items = lists.stream().mapToLong(RankingList::size).sum();
    long repeats = scores / 2 / Math.max(1, items * features);
    return new PermutationImportance(
        metric,
        EmptyLists.AS_ZERO,
        TieOrder.AS_GIVEN,
        (int) Math.max(1, Math.min(PermutationImportance.DEFAULT_REPEATS, repeats)),
        new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, Bootstrap.DEFAULT_LEVEL, SEED),
        SEED);
  }

  /** How many of the lists, from the first, can be scored so often. */
  private static int affordable(List<RankingList> lists, int times, long scores) {
    long spent = 0;
    for (int q = 0; q < lists.size(); q++) {
      spent += (long) lists.get(q).size() * times;
      if (spent > scores) {
        return q;
      }
    }
    return lists.size();
  }
}
