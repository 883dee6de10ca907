package io.rankline.pipeline;

import java.util.List;
import java.util.function.Supplier;

/** Training cannot go on; what was saved before stays as it is. */
public final class TrainingFailedException extends RuntimeException {

  private static final int LISTS_NAMED = 10;

  /** A failure that needs no cause. */
  public TrainingFailedException(String message) {
    super(message);
  }

  /** A failure with its cause. */
  public TrainingFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes sure that the loss of a step is a number.
   *
   * @param lists what the lists of the batch are called, as far as that is known; asked for in case
   *     of failure alone
   * @throws TrainingFailedException if it is NaN or infinite, naming the step and the first lists
   */
  public static void requireFiniteLoss(StepResult step, Supplier<List<String>> lists) {
    if (!Double.isFinite(step.loss())) {
      throw new TrainingFailedException(
          "loss must be finite, got %s at step %d (step %d of epoch %d)%s; the last checkpoint is kept; try a lower learning_rate, gradient_clip_norm, or transforms for features of large values"
              .formatted(
                  step.loss(), step.step(), step.stepOfEpoch(), step.epoch(), named(lists.get())));
    }
  }

  private static String named(List<String> lists) {
    if (lists.isEmpty()) {
      return "";
    }
    String first = String.join(", ", lists.subList(0, Math.min(LISTS_NAMED, lists.size())));
    return " on lists "
        + first
        + (lists.size() > LISTS_NAMED ? " and %d more".formatted(lists.size() - LISTS_NAMED) : "");
  }
}
