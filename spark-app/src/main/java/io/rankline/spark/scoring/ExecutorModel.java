package io.rankline.spark.scoring;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A model that tasks score with. Its files travel to each executor once, so only the driver has to
 * reach the folder they were read from. A network answers one task at a time, so a process has as
 * many copies as there are tasks at work; those used last are kept from task to task.
 */
public final class ExecutorModel implements Serializable {

  private static final long serialVersionUID = 1;

  /** Models of a grid that are evaluated side by side; their parameters are in memory. */
  private static final int KEPT = 4;

  /** Copies that no task uses, by digest. */
  private static final LinkedHashMap<String, Queue<SavedRankingModel>> IDLE =
      new LinkedHashMap<>(16, 0.75f, true);

  private final String digest;
  private final Broadcast<ModelFiles> files;

  private ExecutorModel(String digest, Broadcast<ModelFiles> files) {
    this.digest = digest;
    this.files = files;
  }

  /** A model for the tasks of an application. */
  public static ExecutorModel of(SparkContext spark, ModelFiles files) {
    return new ExecutorModel(
        files.digest(), JavaSparkContext.fromSparkContext(spark).broadcast(files));
  }

  /**
   * A copy for the task that calls, until it ends.
   *
   * @throws IOException if files are damaged or of a newer format, which names the way out
   */
  public SavedRankingModel forTask() throws IOException {
    SavedRankingModel idle = idle(digest).poll();
    SavedRankingModel model = idle == null ? files.value().load() : idle;
    TaskCompletionListener giveBack = task -> idle(digest).add(model);
    TaskContext.get().addTaskCompletionListener(giveBack);
    return model;
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
