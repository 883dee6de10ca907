package io.rankline.pipeline.hparams;

import java.util.List;

/**
 * Hyperparameters that say something impossible. Tells every fault at once, each starting with the
 * key as configuration files spell it.
 */
public final class HparamsException extends IllegalArgumentException {

  private final List<String> problems;

  /** One line a fault. */
  public HparamsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The faults, in the order of the fields. */
  public List<String> problems() {
    return problems;
  }
}
