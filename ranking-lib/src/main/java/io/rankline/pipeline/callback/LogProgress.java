package io.rankline.pipeline.callback;

import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Says one line an epoch, for logs; what a terminal shows is the caller's to draw. */
public final class LogProgress implements Callback {

  private final Consumer<String> sink;

  /** Lines go to the log. */
  public LogProgress() {
    this(LoggerFactory.getLogger(LogProgress.class)::info);
  }

  /**
   * Lines go elsewhere.
   *
   * @param sink takes a line without its end
   */
  public LogProgress(Consumer<String> sink) {
    this.sink = sink;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    if (run.finishedEpochs() > 0) {
      sink.accept(
          "going on after epoch %d/%d, from the last checkpoint"
              .formatted(run.finishedEpochs(), run.epochs()));
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
    sink.accept(EpochLine.of(epoch, run.epochs()));
  }
}
