package io.rankline.spark.terminal;

import java.util.function.Supplier;

/** Options that make no sense together or for the data at hand: the caller's to mend. */
public final class UsageException extends RuntimeException {

  /** The message names the option, the rule and the value. */
  public UsageException(String message) {
    super(message);
  }

  private UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Reads options.
   *
   * @param reader its faults are {@link IllegalArgumentException}s
   * @throws UsageException for such a fault, in its words
   */
  public static <T> T reading(Supplier<T> reader) {
    return reading("", reader);
  }

  /**
   * Reads an option.
   *
   * @param before the words that a fault's own words follow
   * @param reader its faults are {@link IllegalArgumentException}s
   * @throws UsageException for such a fault
   */
  public static <T> T reading(String before, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(before + e.getMessage(), e);
    }
  }
}
