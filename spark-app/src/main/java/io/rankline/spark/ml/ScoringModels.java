package io.rankline.spark.ml;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The models of a process, as many copies of each as tasks score with it at a time: a network
 * answers one task at a time. Those used last are kept from task to task.
 */
final class ScoringModels {

  /** Models of a grid that are evaluated side by side; their parameters are in memory. */
  private static final int KEPT = 4;

  private static final LinkedHashMap<String, Queue<SavedRankingModel>> IDLE =
      new LinkedHashMap<>(16, 0.75f, true);

  private ScoringModels() {}

  /** A copy for one task; {@link #giveBack} ends its use. */
  static SavedRankingModel take(String digest, ModelFiles files) throws IOException {
    SavedRankingModel model = idle(digest).poll();
    return model == null ? files.load() : model;
  }

  static void giveBack(String digest, SavedRankingModel model) {
    idle(digest).add(model);
  }

  private static synchronized Queue<SavedRankingModel> idle(String digest) {
    Queue<SavedRankingModel> found =
        IDLE.computeIfAbsent(digest, missing -> new ConcurrentLinkedQueue<>());
    if (IDLE.size() > KEPT) {
      Map.Entry<String, Queue<SavedRankingModel>> eldest = IDLE.entrySet().iterator().next();
      IDLE.remove(eldest.getKey());
    }
    return found;
  }
}
