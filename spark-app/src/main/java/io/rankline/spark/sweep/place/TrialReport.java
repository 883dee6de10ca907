package io.rankline.spark.sweep.place;

import java.io.Serializable;
import java.util.List;

/**
 * How a run on an executor has ended.
 *
 * @param lines what it said, a line an epoch
 * @param failure what went wrong; empty if nothing did
 */
record TrialReport(List<String> lines, String failure) implements Serializable {

  TrialReport {
    lines = List.copyOf(lines);
  }
}
