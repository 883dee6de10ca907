package io.rankline.spark.cli;

/** Options that make no sense together or for the data at hand: the caller's to mend. */
final class UsageException extends RuntimeException {

  /** The message names the option, the rule and the value. */
  UsageException(String message) {
    super(message);
  }
}
