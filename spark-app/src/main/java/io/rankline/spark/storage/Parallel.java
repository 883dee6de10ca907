package io.rankline.spark.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tasks on threads of this JVM. The first failure interrupts the others, and is thrown. */
public final class Parallel {

  private Parallel() {}

  /**
   * The results of the tasks, in their order. Returns, or throws, only when no task runs any more.
   *
   * @param threads largest number of tasks at a time
   */
  public static <T> List<T> run(List<Callable<T>> tasks, int threads) throws Exception {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, tasks.size())));
    try {
      CompletionService<T> completion = new ExecutorCompletionService<>(pool);
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> task : tasks) {
        running.add(completion.submit(task));
      }
      for (int done = 0; done < tasks.size(); done++) {
        completion.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> task : running) {
        results.add(task.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
      pool.awaitTermination(1, TimeUnit.MINUTES);
    }
  }
}
