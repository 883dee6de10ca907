package io.rankline.spark.sweep.place;

import io.rankline.config.RunConfig;
import io.rankline.spark.terminal.FailureText;
import io.rankline.spark.training.data.SparkFailure;
import io.rankline.spark.training.stage.Slots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors of an application: each run is a job of one task. */
final class ExecutorPlace implements TrialPlace {

  /** Only with it does Spark start a second attempt of a task that is alone in its stage. */
  private static final String TWICE = "spark.speculation.task.duration.threshold";

  private final JavaSparkContext spark;
  private final int neighbours;
  private final String group = "sweep " + UUID.randomUUID();

  private ExecutorPlace(JavaSparkContext spark, int neighbours) {
    this.spark = spark;
    this.neighbours = neighbours;
  }

  static ExecutorPlace of(JavaSparkContext spark, int sideBySide) {
    if (spark.getConf().getBoolean("spark.speculation", false) && spark.getConf().contains(TWICE)) {
      throw new IllegalArgumentException(
          "spark.speculation would start a run twice after %s; set spark.speculation=false"
              .formatted(TWICE));
    }
    return new ExecutorPlace(spark, Math.min(sideBySide, Slots.ofAnExecutor(spark)));
  }

  @Override
  public String words() {
    return "on executors, cores of each: " + Slots.threadsOfWorker(spark);
  }

  @Override
  public String train(TrialTraining training, Path log) throws IOException {
    RunConfig run = training.run();
    training.folder().create();
    training
        .folder()
        .write(
            TrialTask.CONFIGURATION, out -> out.write(run.text().getBytes(StandardCharsets.UTF_8)));
    TrialJob job = new TrialJob(run.packed(), Slots.threadsOfWorker(spark), neighbours);
    String words = "run %s: %s".formatted(training.trial().number(), training.trial().label());
    spark.setJobGroup(group, words, true);
    try {
      TrialReport report = spark.parallelize(List.of(job), 1).map(new TrialTask()).first();
      Files.write(log, report.lines());
      return report.failure();
    } catch (Exception e) {
      if (!(e instanceof SparkException || e instanceof RuntimeException)) {
        throw e;
      }
      return FailureText.of(SparkFailure.asIoException(e));
    } finally {
      spark.clearJobGroup();
    }
  }

  @Override
  public void stop() {
    spark.cancelJobGroup(group);
  }
}
