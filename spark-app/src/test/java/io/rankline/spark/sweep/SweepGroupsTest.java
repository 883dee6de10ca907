package io.rankline.spark.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.config.sweep.SweepParameter;
import io.rankline.config.sweep.SweepPlan;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Storage;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepGroupsTest {

  private static final double DOUBLE_SUM = 1e-12;

  @Test
  void runsOfOtherSeedsAreOneWithMeanAndStandardError(@TempDir Path folder) {
    SweepTable table =
        table(
            List.of("pipeline.learning_rate=1e-3,1e-2", "seed=1,2,3"),
            0.40,
            0.44,
            0.48,
            0.50,
            0.52,
            Double.NaN);

    SweepGroups groups = SweepGroups.of(table);

    assertThat(groups.groups()).hasSize(2);
    SweepGroups.Group best = groups.groups().get(0);
    assertThat(best.values()).isEqualTo(Map.of("pipeline.learning_rate", "1e-2"));
    assertThat(best.runs()).isEqualTo(2); // the third failed
    assertThat(best.mean()).isCloseTo(0.51, within(DOUBLE_SUM));
    SweepGroups.Group other = groups.groups().get(1);
    assertThat(other.mean()).isCloseTo(0.44, within(DOUBLE_SUM));
    // Distances of 0.04, 0 and 0.04 from the mean: the variance is 0.0032 / 2.
    assertThat(other.standardError()).isCloseTo(Math.sqrt(0.0016 / 3), within(DOUBLE_SUM));

    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    new SweepText(table).print(printer, Storage.ofClassPath().folder(folder.toString()));
    assertThat(out.toString())
        .containsPattern("learning_rate +runs +val_metric/ndcg_10, mean and standard error")
        .containsPattern("1e-2 +2 +0\\.5100 ± 0\\.0100")
        .containsPattern("1e-3 +3 +0\\.4400 ± 0\\.0231");
  }

  @Test
  void aSweepWithoutSeedsHasNoGroups() {
    assertThat(
            SweepGroups.of(table(List.of("pipeline.learning_rate=1e-3,1e-2"), 0.4, 0.5)).groups())
        .isEmpty();
  }

  @Test
  void seedsAndFoldsRepeatATraining() {
    for (String key :
        List.of("seed", "data.seed", "pipeline.seed", "fold", "data.train_input_pattern")) {
      assertThat(SweepParameter.parse(key + "=1,2").repeats()).as(key).isTrue();
    }
    assertThat(SweepParameter.parse("data.train_batch_size=1,2").repeats()).isFalse();
  }

  /** A sweep whose runs reached these values, NaN for one that failed. */
  private static SweepTable table(List<String> parameters, double... values) {
    SweepPlan plan = SweepPlan.grid(parameters.stream().map(SweepParameter::parse).toList());
    List<TrialResult> results = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      double value = values[trial.number() - 1];
      EpochResult epoch =
          new EpochResult(
              1,
              1,
              Map.of("val_metric/ndcg_10", value),
              1,
              1,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO);
      String failure = Double.isNaN(value) ? "failed" : "";
      results.add(new TrialResult(trial, "/runs", List.of(epoch), failure, false));
    }
    return new SweepTable(plan, Monitor.of("ndcg_10"), results);
  }
}
