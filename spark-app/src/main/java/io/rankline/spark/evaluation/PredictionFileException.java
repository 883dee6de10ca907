package io.rankline.spark.evaluation;

/** A file of predictions that does not hold what it should; the message says where and what. */
final class PredictionFileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Creates one from its message. */
  public PredictionFileException(String message) {
    super(message);
  }

  /** Creates one from its message and what led to it. */
  public PredictionFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
