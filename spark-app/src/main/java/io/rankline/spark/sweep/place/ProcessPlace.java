package io.rankline.spark.sweep.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Each run is a process: one that dies takes no other one with it. */
final class ProcessPlace implements TrialPlace {

  private static final long SECONDS_TO_END = 10;

  private final TrialProcess process;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  ProcessPlace(TrialProcess process) {
    this.process = process;
  }

  @Override
  public String words() {
    return "processors of each: " + process.processors();
  }

  @Override
  public String train(TrialTraining training, Path log) throws IOException, InterruptedException {
    Process started = process.start(training.configuration(), training.overrides(), log);
    running.add(started);
    try {
      if (stopped) {
        started.destroy();
      }
      int status = started.waitFor();
      return status == 0 ? "" : TrialProcess.failure(log, status);
    } finally {
      running.remove(started);
      started.destroy();
    }
  }

  @Override
  public void stop() {
    stopped = true;
    running.forEach(Process::destroy);
    for (Process each : running) {
      try {
        if (!each.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
          each.destroyForcibly();
        }
      } catch (InterruptedException e) {
        each.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
