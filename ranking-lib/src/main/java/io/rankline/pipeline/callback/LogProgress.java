package io.rankline.pipeline.callback;

import java.util.function.Consumer;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * Says one line an epoch. It goes to SLF4J's log at INFO; in a program that has no provider of
 * SLF4J it goes to Java's own log, which shows it on the console unless it is told otherwise.
 */
public final class LogProgress implements Callback {

  private final Consumer<String> sink;

  /** Lines go to the log. */
  public LogProgress() {
    this(log(LoggerFactory.getILoggerFactory()));
  }

  /**
   * Lines go elsewhere.
   *
   * @param sink takes a line without its end
   */
  public LogProgress(Consumer<String> sink) {
    this.sink = sink;
  }

  /** Where lines go that nobody has provided a log for. */
  static Consumer<String> log(ILoggerFactory provider) {
    if (provider instanceof NOPLoggerFactory) {
      System.Logger console = System.getLogger(LogProgress.class.getName());
      return line -> console.log(System.Logger.Level.INFO, line);
    }
    return provider.getLogger(LogProgress.class.getName())::info;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    run.changes().forEach(change -> sink.accept("since the last checkpoint: " + change));
    if (run.finishedEpochs() >= run.epochs()) {
      sink.accept(
          "nothing is left to train: %s of %s epochs are done"
              .formatted(run.finishedEpochs(), run.epochs()));
    } else if (run.finishedEpochs() > 0) {
      sink.accept(
          "going on after epoch %s/%s, from the last checkpoint"
              .formatted(run.finishedEpochs(), run.epochs()));
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
    sink.accept(EpochLine.of(epoch, run.epochs()));
  }
}
