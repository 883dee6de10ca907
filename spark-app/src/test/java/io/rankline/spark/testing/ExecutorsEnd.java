package io.rankline.spark.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends the session of {@link ExecutorSpark} before a class that is not tagged "executors": such a
 * class wants threads of its JVM, or no session.
 */
public final class ExecutorsEnd implements BeforeAllCallback {

  /** Needed by JUnit. */
  public ExecutorsEnd() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!context.getTags().contains("executors")) {
      ExecutorSpark.stopExecutors();
    }
  }
}
