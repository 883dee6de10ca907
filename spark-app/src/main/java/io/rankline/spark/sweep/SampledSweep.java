package io.rankline.spark.sweep;

import io.rankline.config.sweep.ParzenSampler;
import io.rankline.config.sweep.Trial;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.Monitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sweep that draws trials where earlier ones were good. As many as run side by side are drawn at
 * once, of what was known before them, so that a sweep that is started again draws the same.
 *
 * @param sweep what runs trials
 * @param sampler draws them
 * @param parallel how many run side by side
 * @param monitor what says which are better
 */
public record SampledSweep(Sweep sweep, ParzenSampler sampler, int parallel, Monitor monitor) {

  /**
   * Runs what is not done yet.
   *
   * @return in the order in which trials were drawn; fewer than asked for where no other values
   *     were left
   */
  public List<TrialResult> run() throws IOException, InterruptedException {
    List<TrialResult> results = new ArrayList<>();
    List<Trial> next = draw(results.size());
    while (!next.isEmpty()) {
      for (TrialResult result : sweep.run(next)) {
        sampler.add(result.trial(), loss(result));
        results.add(result);
      }
      next = draw(results.size());
    }
    return results;
  }

  private List<Trial> draw(int done) {
    List<Trial> drawn = new ArrayList<>();
    while (drawn.size() < Math.min(parallel, sampler.count() - done)) {
      Optional<Trial> one = sampler.next();
      if (one.isEmpty()) {
        break;
      }
      drawn.add(one.get());
    }
    return drawn;
  }

  private double loss(TrialResult result) {
    double value = result.isDone() ? result.value(monitor).orElse(Double.NaN) : Double.NaN;
    return monitor.better() == Better.HIGHER ? -value : value;
  }
}
