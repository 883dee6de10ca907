package io.rankline.spark.training.data;

import io.rankline.pipeline.session.TrainingFailedException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failed Spark job says about itself. */
public final class SparkFailure {

  /** The system's words, without the file. */
  private static final String FULL = "No space left on device";

  /** The task that Spark gave up after, as its scheduler names it. */
  private static final Pattern TASK =
      Pattern.compile("\\(TID \\d+\\) \\((\\S+) executor (\\S+)\\)");

  /** A task whose executors went away under it, time after time. */
  private static final Pattern LOST =
      Pattern.compile(
          "failed (\\d+) times, most recent failure: [^\n]*\\((\\S+) executor (\\S+)\\):"
              + " ExecutorLostFailure \\([^\n]*?\\)(?: Reason: ([^\n]*))?");

  private SparkFailure() {}

  /**
   * The fault that a job failed of, out of Spark's words around it: they are kept as the cause.
   *
   * @return an I/O error with the message of the first cause that is one of ours or of the JDK
   * @throws TrainingFailedException if that is what the job failed of
   */
  public static IOException asIoException(Throwable failure) {
    String where = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher task = TASK.matcher(String.valueOf(cause.getMessage()));
      if (task.find()) {
        where = " of executor %s on %s".formatted(task.group(2), task.group(1));
      }
      if (cause instanceof TrainingFailedException ours) {
        throw ours;
      }
      if (cause instanceof IOException io && io.getMessage() != null) {
        return new IOException(
            io.getMessage().equals(FULL) ? full(where) : io.getMessage(), failure);
      }
    }
    Matcher lost = LOST.matcher(String.valueOf(failure.getMessage()));
    if (lost.find()) {
      String reason = lost.group(4) == null ? "" : ", " + lost.group(4).strip();
      // Spark has no more to say than this.
      return new IOException(
          "the executor of a task was lost %s times, at last executor %s on %s%s"
              .formatted(lost.group(1), lost.group(3), lost.group(2), reason));
    }
    return new IOException("a Spark job failed: " + failure.getMessage(), failure);
  }

  private static String full(String where) {
    return "%s, where Spark keeps blocks and shuffle files%s (spark.local.dir, SPARK_LOCAL_DIRS); make room there and start it again"
        .formatted(FULL, where);
  }
}
