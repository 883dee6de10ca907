package io.rankline.feature;

import java.util.List;

/** A text of feature specs that says something impossible. Tells every fault at once. */
public final class SpecException extends IllegalArgumentException {

  private final List<String> problems;

  /** One line a fault, each with the place where it stands. */
  public SpecException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** As {@link #SpecException(List)}, with what led to it. */
  public SpecException(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    this.problems = List.copyOf(problems);
  }

  /** The faults, in the order of the text. */
  public List<String> problems() {
    return problems;
  }
}
