package io.rankline.spark.cli.train;

import java.io.PrintStream;
import java.util.concurrent.Callable;

/** Says how trainings go on, should they be stopped from outside, as with Ctrl-C. */
public final class StopNotice {

  private StopNotice() {}

  /**
   * Trains, and has those words ready until that is done.
   *
   * @param folder where checkpoints are, of one training or of several
   * @return what the training returns
   * @throws Exception what the training throws
   */
  public static <T> T during(PrintStream err, String folder, Callable<T> training)
      throws Exception {
    Thread words =
        new Thread(
            () ->
                err.printf(
                    "%nrankline: stopped; the same command goes on from the last checkpoint in %s,"
                        + " or begins where there is none%n",
                    folder));
    Runtime.getRuntime().addShutdownHook(words);
    try {
      return training.call();
    } finally {
      forget(words);
    }
  }

  private static void forget(Thread words) {
    try {
      Runtime.getRuntime().removeShutdownHook(words);
    } catch (IllegalStateException e) {
      // The JVM is being stopped, and the words are said.
    }
  }
}
