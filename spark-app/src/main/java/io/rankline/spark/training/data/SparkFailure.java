package io.rankline.spark.training.data;

import io.rankline.pipeline.session.TrainingFailedException;
import java.io.IOException;

/** What a failed Spark job says about itself. */
public final class SparkFailure {

  private SparkFailure() {}

  /**
   * The fault that a job failed of, out of Spark's words around it: they are kept as the cause.
   *
   * @return an I/O error with the message of the first cause that is one of ours or of the JDK
   * @throws TrainingFailedException if that is what the job failed of
   */
  public static IOException asIoException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrainingFailedException ours) {
        throw ours;
      }
      if (cause instanceof IOException io && io.getMessage() != null) {
        return new IOException(io.getMessage(), failure);
      }
    }
    return new IOException("a Spark job failed: " + failure.getMessage(), failure);
  }
}
