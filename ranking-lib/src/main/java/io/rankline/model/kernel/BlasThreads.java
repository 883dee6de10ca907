package io.rankline.model.kernel;

/**
 * Holds OpenBLAS to the thread that calls it while several threads of ours call it: otherwise it
 * would spread every small product over all cores, one product at a time. Several layers may run at
 * a time in a JVM; the last to leave restores the number that the first one found, for ND4J's own
 * calls.
 */
public final class BlasThreads {

  private static int inside;
  private static int before;

  private BlasThreads() {}

  /** Runs a task that calls OpenBLAS from several threads. */
  public static void hold(Runnable task) {
    enter();
    try {
      task.run();
    } finally {
      leave();
    }
  }

  private static synchronized void enter() {
    if (inside++ == 0) {
      before = OpenBlas.threads();
      OpenBlas.setThreads(1);
    }
  }

  private static synchronized void leave() {
    if (--inside == 0) {
      OpenBlas.setThreads(before);
    }
  }
}
