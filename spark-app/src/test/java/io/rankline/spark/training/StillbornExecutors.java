package io.rankline.spark.training;

import io.rankline.spark.testing.ExecutorSpark;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills executors, and stops those that are started in their place before they can announce
 * themselves: a cluster without room, as long as this is open.
 */
final class StillbornExecutors implements AutoCloseable {

  private static final long POLL_MILLIS = 20;

  private final List<ProcessHandle> victims;
  private final Set<ProcessHandle> stopped = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  StillbornExecutors(Collection<ProcessHandle> victims) {
    this.victims = List.copyOf(victims);
  }

  /** Runs until it is closed. */
  void begin() throws InterruptedException {
    Set<ProcessHandle> old = Set.copyOf(ProcessHandle.current().children().toList());
    victims.forEach(victim -> ExecutorSpark.signal("KILL", victim));
    while (!over) {
      ProcessHandle.current()
          .children()
          .filter(child -> !old.contains(child) && isJava(child) && !stopped.contains(child))
          .forEach(
              child -> {
                ExecutorSpark.signal("STOP", child);
                stopped.add(child);
              });
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    stopped.forEach(child -> ExecutorSpark.signal("KILL", child));
  }

  @Override
  public void close() {
    over = true;
  }

  /** Children are processes of {@code kill} too. */
  private static boolean isJava(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java");
  }
}
