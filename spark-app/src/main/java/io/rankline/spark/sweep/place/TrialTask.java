package io.rankline.spark.sweep.place;

import io.rankline.config.RunConfig;
import io.rankline.io.Storage;
import io.rankline.pipeline.callback.LogProgress;
import io.rankline.spark.terminal.FailureText;
import io.rankline.spark.training.worker.Interrupter;
import io.rankline.spark.training.worker.WorkerThreads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * Trains a run inside a task. What is wrong with the run ends in a report, so that Spark does not
 * try again what can only fail again.
 */
final class TrialTask implements Function<TrialJob, TrialReport> {

  private static final long serialVersionUID = 1;

  /** In the folder of a run: what it is. Written by the driver. */
  static final String CONFIGURATION = "run.conf";

  private static final long KILL_POLL_MILLIS = 100;

  @Override
  @SuppressWarnings("try")
  public TrialReport call(TrialJob job) {
    TaskContext context = TaskContext.get();
    List<String> lines = new CopyOnWriteArrayList<>();
    lines.add("on " + where());
    String failure = "";
    try (Interrupter whenKilled =
        new Interrupter("rankline-kill-watch", KILL_POLL_MILLIS, context::isInterrupted)) {
      WorkerThreads.hold(job.threads());
      train(job, lines);
    } catch (IOException | RuntimeException e) {
      failure = FailureText.of(e);
    } catch (OutOfMemoryError e) {
      failure =
          "too little memory: %s; raise spark.executor.memory or RANKLINE_EXECUTOR_OFF_HEAP, or lower train_batch_size"
              .formatted(e.getMessage());
    }
    context.killTaskIfInterrupted();
    return new TrialReport(lines, failure);
  }

  private static void train(TrialJob job, List<String> lines) throws IOException {
    RunConfig run = job.run().open(List.of());
    String folder = run.hparams().modelDir();
    if (!Storage.ofClassPath().folder(folder).has(CONFIGURATION)) {
      throw new IOException(
          "%s does not see %s, which the driver wrote to; --output has to be on a storage that all machines share"
              .formatted(where(), folder));
    }
    if (job.neighbours() > 1) {
      long share = run.datasetHparams().cacheMemory() / job.neighbours();
      run = job.run().open(List.of("data.cache_memory=" + share));
    }
    run.pipeline()
        .withConfiguration(job.run().text())
        .withProgress(new LogProgress(lines::add))
        .trainAndValidate();
  }

  private static String where() {
    SparkEnv here = SparkEnv.get();
    return "executor %s on %s"
        .formatted(here.executorId(), here.blockManager().blockManagerId().host());
  }
}
