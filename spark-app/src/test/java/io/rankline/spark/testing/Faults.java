package io.rankline.spark.testing;

import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Faults of tasks as they arrive at the caller, inside of what Spark wraps around them. */
public final class Faults {

  private Faults() {}

  /** The message of the outermost fault of that type. */
  public static String messageOf(Class<? extends Throwable> type, ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    for (Throwable fault = thrown; fault != null; fault = fault.getCause()) {
      if (type.isInstance(fault) && fault.getMessage() != null) {
        return fault.getMessage();
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in the chain of causes", thrown);
  }
}
