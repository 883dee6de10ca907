package io.rankline.serving.benchmark;

import io.rankline.data.RankingList;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What does an ensemble cost beside the sum of its members? Scores the same lists, of drawn
 * numbers, with one member after the other and with the ensemble, one list at a time on one thread.
 *
 * <pre>EnsembleScores FOLDER ITEMS ROUNDS</pre>
 */
public final class EnsembleScores {

  private static final int LISTS = 200;

  private EnsembleScores() {}

  /** Prints a line a round: processor time of a list in microseconds. */
  public static void main(String[] args) throws IOException {
    SavedRankingModel ensemble = SavedRankingModel.load(args[0]);
    List<RankingList> lists = lists(ensemble, Integer.parseInt(args[1]));
    for (int warmUp = 0; warmUp < 5; warmUp++) {
      micros(ensemble.members(), lists);
      micros(List.of(ensemble), lists);
    }
    for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
      double sum = micros(ensemble.members(), lists);
      double together = micros(List.of(ensemble), lists);
      System.out.printf(
          "round %s: members %.1f, ensemble %.1f, ratio %.3f%n",
          round, sum, together, together / sum);
    }
  }

  private static double micros(List<? extends RankingScorer> models, List<RankingList> lists) {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (RankingList list : lists) {
      for (RankingScorer model : models) {
        model.predict(list);
      }
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin)
        / 1e3
        / lists.size();
  }

  private static List<RankingList> lists(RankingScorer model, int items) {
    SplittableRandom random = new SplittableRandom(1);
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < LISTS; q++) {
      List<Map<String, Double>> drawn = new ArrayList<>();
      for (int i = 0; i < items; i++) {
        Map<String, Double> item = new HashMap<>();
        model.requests().examples().keySet().forEach(name -> item.put(name, random.nextDouble(9)));
        drawn.add(item);
      }
      lists.add(model.listOf(Map.of(), drawn));
    }
    return lists;
  }
}
