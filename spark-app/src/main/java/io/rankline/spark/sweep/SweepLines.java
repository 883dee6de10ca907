package io.rankline.spark.sweep;

import io.rankline.config.sweep.SweepPlan;
import io.rankline.config.sweep.Trial;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.Monitor;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/** A line when a run of a sweep begins, and one when it ends. */
public final class SweepLines implements Sweep.Listener {

  private final SweepPlan plan;
  private final Monitor monitor;
  private final PrintWriter out;
  private final AtomicInteger ended = new AtomicInteger();

  /** Prints to that writer. */
  public SweepLines(SweepPlan plan, Monitor monitor, PrintWriter out) {
    this.plan = plan;
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
                plan.trials().size()));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
