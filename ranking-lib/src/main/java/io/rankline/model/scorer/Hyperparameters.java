package io.rankline.model.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks hyperparameters by name, and tells all faults at once. */
final class Hyperparameters {

  private final List<String> problems = new ArrayList<>();

  Hyperparameters positive(String name, int value) {
    if (value < 1) {
      problems.add("%s must be 1 or more, got %d".formatted(name, value));
    }
    return this;
  }

  /** Widths of layers, at least one. */
  Hyperparameters widths(String name, int... widths) {
    if (widths.length == 0) {
      problems.add(name + " must have at least one layer, got none");
    }
    return positive(name, widths);
  }

  /** Widths of layers, or none. */
  Hyperparameters positive(String name, int... values) {
    if (Arrays.stream(values).anyMatch(value -> value < 1)) {
      problems.add("%s must be 1 or more, got %s".formatted(name, Arrays.toString(values)));
    }
    return this;
  }

  /** A probability to drop. */
  Hyperparameters rate(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      problems.add("%s must be in [0, 1), got %s".formatted(name, value));
    }
    return this;
  }

  Hyperparameters momentum(String name, double value) {
    if (!(value > 0 && value < 1)) {
      problems.add("%s must be in (0, 1), got %s".formatted(name, value));
    }
    return this;
  }

  /** A standard deviation; 0 is none. */
  Hyperparameters deviation(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      problems.add("%s must be 0 (none) or more and finite, got %s".formatted(name, value));
    }
    return this;
  }

  void fault(String message) {
    problems.add(message);
  }

  /**
   * Ends the checks.
   *
   * @throws IllegalArgumentException with every fault that was found
   */
  void require() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
