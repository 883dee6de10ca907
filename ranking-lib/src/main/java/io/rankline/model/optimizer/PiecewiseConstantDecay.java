package io.rankline.model.optimizer;

import java.util.List;
import java.util.Map;

/**
 * One rate up to and with the first boundary, the next up to and with the second, and so on.
 *
 * @param boundaries steps, ascending
 * @param values rates, one more than boundaries
 */
public record PiecewiseConstantDecay(List<Double> boundaries, List<Double> values)
    implements LearningRate {

  public PiecewiseConstantDecay {
    boundaries = List.copyOf(boundaries);
    values = List.copyOf(values);
    if (values.size() != boundaries.size() + 1) {
      throw new IllegalArgumentException(
          "values must be one more than boundaries, %d, got %d"
              .formatted(boundaries.size() + 1, values.size()));
    }
    values.forEach(value -> LearningRate.requireNotNegative("values", value));
    for (int k = 1; k < boundaries.size(); k++) {
      if (!(boundaries.get(k - 1) < boundaries.get(k))) {
        throw new IllegalArgumentException("boundaries must ascend, got " + boundaries);
      }
    }
  }

  @Override
  public double at(long step) {
    int k = 0;
    while (k < boundaries.size() && step > boundaries.get(k)) {
      k++;
    }
    return values.get(k);
  }

  @Override
  public String wireName() {
    return "piecewise_constant_decay";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("boundaries", boundaries, "values", values);
  }
}
