package io.rankline.pipeline.session;

/** Training cannot go on; what was saved before stays as it is. */
public final class TrainingFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A failure that needs no cause. */
  public TrainingFailedException(String message) {
    super(message);
  }

  /** A failure with its cause. */
  public TrainingFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
