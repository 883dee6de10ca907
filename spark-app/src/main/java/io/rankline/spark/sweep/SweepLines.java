package io.rankline.spark.sweep;

import io.rankline.config.sweep.SweepPlan;
import io.rankline.config.sweep.Trial;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.Monitor;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/** A line when a run of a sweep begins, and one when it ends. */
public final class SweepLines implements Sweep.Listener {

  private final Monitor monitor;
  private final PrintWriter out;
  private final AtomicInteger ended = new AtomicInteger();
  private volatile int count;

  /** Prints to that writer. */
  public SweepLines(SweepPlan plan, Monitor monitor, PrintWriter out) {
    this(plan.trials().size(), monitor, out);
  }

  /**
   * Prints to that writer.
   *
   * @param count of the runs
   */
  public SweepLines(int count, Monitor monitor, PrintWriter out) {
    this.count = count;
    this.monitor = monitor;
    this.out = out;
  }

  @Override
  public void onStart(Trial trial) {
    say("run %s begins: %s".formatted(trial.number(), trial.label()));
  }

  @Override
  public void onEnd(TrialResult result) {
    String outcome =
        result.isDone() && result.epochs().isEmpty()
            ? "an ensemble"
            : result.isDone()
                ? "%s %s, %s epochs, %s"
                    .formatted(
                        monitor.name(),
                        SweepText.value(result, monitor),
                        result.epochs().size(),
                        EpochLine.duration(result.time()))
                : "failed: " + result.failure();
    say(
        "run %s %s: %s (%s of %s)"
            .formatted(
                result.trial().number(),
                result.known() ? "was done" : result.isDone() ? "is done" : "has ended",
                outcome,
                ended.incrementAndGet(),
                count));
  }

  /**
   * Begins to count anew.
   *
   * @param words that say what begins
   */
  void begin(String words, int runs) {
    ended.set(0);
    count = runs;
    say(words);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
