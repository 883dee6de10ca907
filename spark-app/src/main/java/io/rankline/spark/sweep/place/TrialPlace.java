package io.rankline.spark.sweep.place;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Where the runs of a sweep are trained. Several threads ask at a time. */
public interface TrialPlace {

  /**
   * Processes of this machine, which share its processors and its memory.
   *
   * @param application whose {@code main} method runs one training
   * @param sideBySide how many run at a time
   */
  static TrialPlace processes(Class<?> application, int sideBySide) {
    return new ProcessPlace(new TrialProcess(application, sideBySide));
  }

  /**
   * Executors, each run a task of one. A run whose executor is lost goes on from its checkpoint on
   * another one.
   *
   * @param sideBySide how many run at a time, over all executors
   * @throws IllegalArgumentException if the settings of Spark would start a run twice
   */
  static TrialPlace executors(JavaSparkContext spark, int sideBySide) {
    return ExecutorPlace.of(spark, sideBySide);
  }

  /** This JVM, for runs that take their steps on executors, one run after the other. */
  static TrialPlace driver() {
    return new DriverPlace();
  }

  /** What a run has there, in a few words. */
  String words();

  /**
   * Trains a run to its end.
   *
   * @param log a file that gets what the training says
   * @return what went wrong; empty if nothing did
   * @throws IOException if it could not be tried at all
   */
  String train(TrialTraining training, Path log) throws IOException, InterruptedException;

  /** Ends the runs that are trained: they have checkpoints to go on from. */
  void stop();
}
