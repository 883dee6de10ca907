package io.rankline.spark.terminal;

/** What went wrong beside the work of a command, on standard error. */
public final class Warnings {

  private Warnings() {}

  /** Prints one line under the name of the program. */
  public static void print(String line) {
    System.err.println("rankline: " + line);
  }
}
