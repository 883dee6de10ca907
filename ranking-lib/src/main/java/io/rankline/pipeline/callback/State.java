package io.rankline.pipeline.callback;

import java.util.Map;

/** Reads what a callback remembered. */
final class State {

  private State() {}

  static double value(Map<String, Double> state, String name) {
    Double value = state.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the state of a callback lacks '%s'; it has %s"
              .formatted(name, state.keySet().stream().sorted().toList()));
    }
    return value;
  }

  static int count(Map<String, Double> state, String name) {
    return (int) value(state, name);
  }
}
