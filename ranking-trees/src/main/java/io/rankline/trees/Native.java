package io.rankline.trees;

import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.XGBoostJNI;

/** Faults of XGBoost, in its own words but for the places in its code. */
final class Native {

  private Native() {}

  /**
   * Checks what a function of XGBoost answers.
   *
   * @throws IllegalStateException with the first line of its fault
   */
  static void check(int answer) {
    if (answer != 0) {
      throw new IllegalStateException("XGBoost: " + firstLine(XGBoostJNI.XGBGetLastError()));
    }
  }

  /** A fault with its cause. */
  static IllegalStateException refused(XGBoostError cause) {
    return new IllegalStateException("XGBoost: " + cause.getMessage(), cause);
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("no reason given");
  }
}
