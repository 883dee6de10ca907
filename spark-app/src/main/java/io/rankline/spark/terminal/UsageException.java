package io.rankline.spark.terminal;

/** Options that make no sense together or for the data at hand: the caller's to mend. */
public final class UsageException extends RuntimeException {

  /** The message names the option, the rule and the value. */
  public UsageException(String message) {
    super(message);
  }
}
