package io.rankline.spark.cli.train;

import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogProgress;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.spark.terminal.FoldedLine;
import io.rankline.spark.terminal.Progress;
import java.io.PrintStream;
import java.util.StringJoiner;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training: a line for each epoch, and on a terminal a bar for the epoch that is under way,
 * with its loss so far, the speed, and the time that is left for all epochs.
 */
public final class TrainingProgress implements Callback {

  private final PrintStream out;
  private final LogProgress lines;
  private final TrainingPace pace = new TrainingPace();
  private @Nullable ProgressBar bar;
  private @Nullable PassingBar shown;

  /**
   * Shows it on that stream.
   *
   * @param out standard error, in use
   */
  public TrainingProgress(PrintStream out) {
    this.out = out;
    this.lines = new LogProgress(line -> out.println(FoldedLine.of(line)));
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    lines.onTrainBegin(run);
  }

  @Override
  public void onStepEnd(TrainingRun run, StepResult step) {
    pace.add(step, System.nanoTime());
    if (!Boolean.getBoolean(Progress.TERMINAL)) {
      return;
    }
    if (bar == null) {
      bar = bar("epoch %s/%s".formatted(step.epoch(), run.epochs()), run.stepsPerEpoch());
    }
    bar.setExtraMessage(message(run));
    bar.stepTo(step.stepOfEpoch());
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
    close();
    pace.add(epoch);
    lines.onEpochEnd(run, epoch);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }

  private String message(TrainingRun run) {
    StringJoiner message = new StringJoiner(", ", " ", "");
    message.add("loss " + EpochLine.number(pace.loss()));
    pace.listsPerSecond().ifPresent(rate -> message.add(EpochLine.rate(rate)));
    pace.remaining(run).ifPresent(left -> message.add(EpochLine.duration(left) + " left"));
    return message.toString();
  }

  private ProgressBar bar(String name, long steps) {
    PassingBar passing = new PassingBar(out, Progress.columns());
    shown = passing;
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        // The library's own console takes over the terminal's signals, and Ctrl-C would end the
        // JVM without its shutdown hooks.
        .setConsumer(passing)
        .setUpdateIntervalMillis(200)
        // What is left of an epoch says little; the message says what is left of the training.
        .hideEta()
        .build();
  }

  /**
   * A bar that leaves nothing behind; the library's own way leaves an empty line, and its thread
   * may draw once more after the end.
   */
  private static final class PassingBar extends ConsoleProgressBarConsumer {

    private final PrintStream out;
    private final int columns;
    private boolean closed;

    PassingBar(PrintStream out, int columns) {
      super(out, columns);
      this.out = out;
      this.columns = columns;
    }

    @Override
    public synchronized void accept(String rendered) {
      if (!closed) {
        super.accept(rendered);
      }
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        out.print("\r" + " ".repeat(columns - 1) + "\r");
        out.flush();
      }
    }
  }
}
