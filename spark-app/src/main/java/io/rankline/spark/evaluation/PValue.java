package io.rankline.spark.evaluation;

import io.rankline.metric.significance.Comparison;

/** Which of the paired tests of a comparison a reader is shown. */
public enum PValue {
  /** Of random swaps of the two rankers' values. */
  PERMUTATION("permutation"),
  /** Of Student's paired t-test. */
  T("t");

  private final String test;

  PValue(String test) {
    this.test = test;
  }

  /** Name of the test, for the head of a column. */
  String test() {
    return test;
  }

  double of(Comparison comparison) {
    return this == T ? comparison.tPValue() : comparison.permutationPValue();
  }
}
