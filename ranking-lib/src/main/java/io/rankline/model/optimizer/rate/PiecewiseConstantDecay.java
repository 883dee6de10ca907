package io.rankline.model.optimizer.rate;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.util.List;

/** One rate up to and with the first boundary, the next up to and with the second, and so on. */
public record PiecewiseConstantDecay(
    @Option(fallback = "[]", meaning = "steps, ascending") List<Double> boundaries,
    @Option(fallback = "[]", least = 0, meaning = "rates, one more than boundaries")
        List<Double> values)
    implements LearningRate {

  public PiecewiseConstantDecay {
    boundaries = List.copyOf(boundaries);
    values = List.copyOf(values);
    Faults.in(PiecewiseConstantDecay.class, boundaries, values)
        .addUnless(
            values.size() == boundaries.size() + 1,
            "values",
            "must be one more than boundaries, %s, got %s",
            boundaries.size() + 1,
            values.size())
        .addUnless(ascends(boundaries), "boundaries", "must ascend, got %s", boundaries)
        .orThrow();
  }

  @Override
  public double at(long step) {
    int k = 0;
    while (k < boundaries.size() && step > boundaries.get(k)) {
      k++;
    }
    return values.get(k);
  }

  private static boolean ascends(List<Double> numbers) {
    for (int k = 1; k < numbers.size(); k++) {
      if (!(numbers.get(k - 1) < numbers.get(k))) {
        return false;
      }
    }
    return true;
  }
}
