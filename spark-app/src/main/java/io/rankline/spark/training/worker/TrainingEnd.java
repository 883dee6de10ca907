package io.rankline.spark.training.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BroadcastBlockId;

/**
 * Whether a training is over, as an executor can know it: the driver destroys a broadcast of it,
 * and Spark has all executors forget that.
 *
 * @param env what Spark was here when it began
 * @param block of the broadcast
 */
record TrainingEnd(SparkEnv env, BroadcastBlockId block) {

  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  /** Of the training that has this broadcast for as long as it lasts. */
  static TrainingEnd of(Broadcast<String> session) {
    return new TrainingEnd(SparkEnv.get(), new BroadcastBlockId(session.id(), ""));
  }

  boolean isOver() {
    return SparkEnv.get() != env || env.blockManager().getStatus(block).isEmpty();
  }

  /** Calls it soon after the training is over. */
  void whenOver(Runnable then) {
    LATER.execute(
        () -> {
          if (isOver()) {
            then.run();
          } else {
            whenOver(then);
          }
        });
  }
}
