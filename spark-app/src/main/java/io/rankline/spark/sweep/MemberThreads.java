package io.rankline.spark.sweep;

import io.rankline.model.kernel.OpenBlas;
import io.rankline.model.kernel.RowThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trainings side by side in this JVM, each on a thread with its share of the processors. What one
 * compiles, all of them run: that is most of the time of a short training.
 *
 * @param sideBySide how many, 1 or more
 */
record MemberThreads(int sideBySide) {

  /**
   * Runs all.
   *
   * @return in their order
   * @throws IOException the first that one of them threw; the others are interrupted
   */
  <T> List<T> run(List<? extends Callable<T>> trainings) throws IOException, InterruptedException {
    int rowThreads = RowThreads.count();
    int blasThreads = OpenBlas.threads();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            sideBySide,
            task -> {
              Thread thread = new Thread(task, "rankline-member");
              thread.setDaemon(true);
              return thread;
            });
    try {
      // A number for the whole JVM: it holds for every member, and so do their results.
      RowThreads.use(Math.max(1, rowThreads / sideBySide));
      OpenBlas.setThreads(Math.max(1, blasThreads / sideBySide));
      List<Future<T>> ends = new ArrayList<>();
      for (Callable<T> training : trainings) {
        ends.add(pool.submit(training));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> end : ends) {
        results.add(end.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      pool.shutdownNow();
      RowThreads.use(rowThreads);
      OpenBlas.setThreads(blasThreads);
    }
  }
}
