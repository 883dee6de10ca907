package io.rankline.spark.sweep;

import io.rankline.config.sweep.Halving;
import io.rankline.config.sweep.Trial;
import io.rankline.pipeline.callback.Monitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sweep in rounds: the better trials of a round go on from their checkpoints in the next.
 *
 * @param sweep what runs trials
 * @param halving its rounds
 * @param monitor what says which are better, by the best epoch so far
 * @param lines are told of each round
 */
public record HalvedSweep(Sweep sweep, Halving halving, Monitor monitor, SweepLines lines) {

  /**
   * Runs what is not done yet.
   *
   * @return in the order of the trials, each as its last round left it
   */
  public List<TrialResult> run(List<Trial> trials) throws IOException, InterruptedException {
    Map<Trial, TrialResult> results = new LinkedHashMap<>();
    List<Trial> left = trials;
    for (Halving.Round round : halving.rounds()) {
      if (!results.isEmpty()) {
        left =
            left.stream()
                .map(results::get)
                .filter(TrialResult::isDone)
                .sorted(TrialResult.bestFirst(monitor))
                .limit(round.trials())
                .map(TrialResult::trial)
                .toList();
      }
      lines.begin(
          "round of %s runs until epoch %s".formatted(left.size(), round.epochs()), left.size());
      for (TrialResult result : sweep.run(left, round.epochs())) {
        results.put(result.trial(), result);
      }
    }
    return new ArrayList<>(results.values());
  }
}
