package io.rankline.spark.cli.train;

import java.io.PrintStream;

/** Says how a training goes on, should it be stopped from outside, as with Ctrl-C. */
public final class StopNotice {

  private final Thread words;

  private StopNotice(Thread words) {
    this.words = words;
  }

  /**
   * Waits for the stop until it is closed.
   *
   * @param modelDir where checkpoints are
   */
  public static StopNotice begin(PrintStream err, String modelDir) {
    Thread words =
        new Thread(
            () ->
                err.printf(
                    "%nrankline: stopped; the same command goes on from the last checkpoint in %s,"
                        + " or begins where there is none%n",
                    modelDir));
    Runtime.getRuntime().addShutdownHook(words);
    return new StopNotice(words);
  }

  /** Ends the waiting: the training has come to its end. */
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(words);
    } catch (IllegalStateException e) {
      // The JVM is being stopped, and the words are said.
    }
  }
}
