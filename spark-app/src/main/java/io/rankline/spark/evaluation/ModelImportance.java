package io.rankline.spark.evaluation;

import io.rankline.data.RankingList;
import io.rankline.pipeline.explanation.Importances;
import io.rankline.pipeline.explanation.PermutationImportance;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.terminal.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Permutation importance of the features of an exported model, on lists drawn from files with
 * labels, here in this process.
 */
public final class ModelImportance {

  /** Enough to tell features apart that matter, in a minute for a network of some size. */
  public static final int DEFAULT_LISTS = 300;

  private ModelImportance() {}

  /**
   * Reads files and measures.
   *
   * @param pattern files, by paths, folders or globs
   * @param data how they are read
   * @param importance what is measured and how; its seed also draws the lists
   * @param mostLists number of lists that are drawn, each equally likely; 0 for all
   * @param tasks of the model
   * @return by task
   * @throws IOException if the data cannot be read, or holds no list with items
   */
  public static SortedMap<String, Importances> of(
      SavedRankingModel model,
      String pattern,
      TrainingData data,
      PermutationImportance importance,
      int mostLists,
      Collection<String> tasks)
      throws IOException {
    List<RankingList> lists = drawn(model, pattern, data, importance.seed(), mostLists);
    if (lists.isEmpty()) {
      throw new IOException(pattern + ": holds no list with items to measure importance on");
    }
    SortedMap<String, Importances> found = new TreeMap<>();
    int features = PermutationImportance.features(lists.get(0)).size();
    long scored = importance.scoredForEach(features) * lists.size() * tasks.size();
    try (Progress progress = Progress.ofSteps("importance", "lists", scored)) {
      for (String task : tasks) {
        found.put(task, importance.of(model.model(), task, lists, feature -> true, progress::add));
      }
    }
    return found;
  }

  /** As many of the lists as wanted, as the model reads them, in the order of the data. */
  private static List<RankingList> drawn(
      SavedRankingModel model, String pattern, TrainingData data, long seed, int mostLists)
      throws IOException {
    // Vitter's algorithm R: of n lists so far, each is among those drawn with the same probability.
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Integer, RankingList> drawn = new TreeMap<>();
    List<Integer> places = new ArrayList<>();
    int[] seen = {0};
    ModelLists.read(
        model.records(),
        pattern,
        data,
        (name, list) -> {
          if (list.size() == 0) {
            return;
          }
          int number = seen[0]++;
          if (mostLists > 0 && number >= mostLists) {
            int place = random.nextInt(number + 1);
            if (place >= mostLists) {
              return;
            }
            drawn.remove(places.set(place, number));
          } else {
            places.add(number);
          }
          drawn.put(
              number,
              model
                  .model()
                  .encoder()
                  .transform(data.binaryLabels() ? list.withBinaryLabels() : list));
        });
    return List.copyOf(drawn.values());
  }
}
