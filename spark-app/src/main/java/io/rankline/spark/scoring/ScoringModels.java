package io.rankline.spark.scoring;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/**
 * The models of a process: as many copies of one as there are tasks that score with it at a time,
 * since a network answers one of them at a time. Copies are kept from task to task of a job.
 */
final class ScoringModels {

  private static final ConcurrentMap<String, Queue<SavedRankingModel>> IDLE =
      new ConcurrentHashMap<>();

  private ScoringModels() {}

  /**
   * A copy for one task; {@link #giveBack} ends its use.
   *
   * @param job whose copies are kept; those of other jobs are dropped
   */
  static SavedRankingModel take(String job, String folder) throws IOException {
    Queue<SavedRankingModel> idle = ofJob(job);
    SavedRankingModel model = idle.poll();
    return model == null ? SavedRankingModel.load(folder) : model;
  }

  static void giveBack(String job, SavedRankingModel model) {
    Queue<SavedRankingModel> idle = IDLE.get(job);
    if (idle != null) {
      idle.add(model);
    }
  }

  private static Queue<SavedRankingModel> ofJob(String job) {
    IDLE.keySet().removeIf(other -> !other.equals(job));
    return IDLE.computeIfAbsent(job, missing -> new ConcurrentLinkedQueue<>());
  }
}
