package io.rankline.trees;

import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.XGBoostJNI;
import org.jspecify.annotations.Nullable;

/** Faults of XGBoost in one line: what it says, without the stack of its functions. */
final class Native {

  private static final String STACK = "Stack trace:";

  private Native() {}

  /**
   * Checks what a function of XGBoost answers.
   *
   * @throws IllegalStateException with its fault
   */
  static void check(int answer) {
    if (answer != 0) {
      throw new IllegalStateException(line(XGBoostJNI.XGBGetLastError()));
    }
  }

  /** A fault; who looks for the first cause finds it in one line. */
  static IllegalStateException refused(XGBoostError fault) {
    IllegalStateException refused = new IllegalStateException(line(fault.getMessage()));
    refused.addSuppressed(fault);
    return refused;
  }

  /** What it says, in one line. */
  static String line(@Nullable String text) {
    String all = String.valueOf(text);
    int stack = all.indexOf(STACK);
    String said = stack < 0 ? all : all.substring(0, stack);
    return "XGBoost: " + said.strip().replaceAll("\\s+", " ");
  }
}
