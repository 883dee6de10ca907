package io.rankline.pipeline;

import io.rankline.io.Lease;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import java.io.IOException;

/** Ends a training whose model_dir is another one's by now, before it writes there again. */
final class LeaseCheck implements Callback {

  private final Lease lease;

  LeaseCheck(Lease lease) {
    this.lease = lease;
  }

  @Override
  public void onStepEnd(TrainingRun run, StepResult step) throws IOException {
    lease.requireHeld();
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) throws IOException {
    lease.requireHeld();
  }
}
