package io.rankline.spark.training.worker;

import io.rankline.model.kernel.OpenBlas;
import io.rankline.model.kernel.RowThreads;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Holds what computes natively to the cores of a task: other tasks of the executor have theirs. */
public final class WorkerThreads {

  private static int held;

  private WorkerThreads() {}

  /** From now on, for this process; all tasks of an application have the same number of cores. */
  public static synchronized void hold(int threads) {
    if (held == threads) {
      return;
    }
    RowThreads.use(threads);
    Environment environment = Nd4j.getEnvironment();
    environment.setMaxMasterThreads(threads);
    environment.setMaxThreads(threads);
    OpenBlas.setThreads(threads);
    held = threads;
  }
}
