package io.rankline.config;

import java.util.List;

/** A configuration that cannot be used. Reports every fault at once, with file and line. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final List<String> problems;

  /** One line a fault. */
  ConfigurationException(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    this.problems = List.copyOf(problems);
  }

  /** A single fault. */
  ConfigurationException(String problem) {
    super(problem);
    this.problems = List.of(problem);
  }

  /** The faults, in the order of the sections. */
  public List<String> problems() {
    return problems;
  }
}
