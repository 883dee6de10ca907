package io.rankline.spark.cli;

import io.rankline.config.sweep.Halving;
import io.rankline.config.sweep.ParzenSampler;
import io.rankline.config.sweep.SweepParameter;
import io.rankline.config.sweep.SweepPlan;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.spark.sweep.HalvedSweep;
import io.rankline.spark.sweep.SampledSweep;
import io.rankline.spark.sweep.Sweep;
import io.rankline.spark.sweep.SweepLines;
import io.rankline.spark.sweep.SweepTable;
import io.rankline.spark.sweep.TrialResult;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which combinations of values {@code sweep} tries, and how long each. */
final class SearchOptions {

  @Option(
      names = "--random",
      paramLabel = "N",
      description = "Draw N combinations in place of taking them all.")
  private @Nullable Integer random;

  @Option(
      names = "--bayes",
      paramLabel = "N",
      description =
          "Draw N combinations, the first third of them (at most 10) at random, the others where"
              + " earlier ones were good.")
  private @Nullable Integer bayes;

  @Option(
      names = "--halving",
      paramLabel = "K",
      description =
          "Train all runs a few epochs; the best Kth of them goes on for K times as many, and so"
              + " forth, up to num_epochs. 3 is usual.")
  private @Nullable Integer halving;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of --random and --bayes. Default: ${DEFAULT-VALUE}.")
  private long seed;

  SearchOptions() {}

  /** Refuses what does not go together. */
  void check(CommandSpec spec, List<SweepParameter> parameters) {
    new IdleOptions(spec)
        .refuse(
            "--seed",
            random == null && bayes == null,
            "is that of --random and --bayes; say how many runs to draw")
        .refuse("--random", bayes != null, "and --bayes both draw runs; leave one of them out")
        .refuse(
            "--halving",
            bayes != null,
            "ends runs early, and --bayes learns from whole ones; leave one of them out")
        .end();
    if (halving != null && halving < 2) {
      throw new UsageException("--halving must be 2 or more, got " + halving);
    }
    if (halving == null && bayes == null) {
      return;
    }
    String name = halving == null ? "--bayes" : "--halving";
    for (SweepParameter parameter : parameters) {
      if (parameter.repeats()) {
        throw new UsageException(
            "%s compares single runs, and %s only repeats them; sweep over seeds and folds of the"
                    .formatted(name, parameter.key())
                + " best values afterwards");
      }
      if (halving != null && parameter.key().equals("pipeline.num_epochs")) {
        throw new UsageException(
            "--halving says how many epochs a run has; leave --param " + parameter.key() + " out");
      }
    }
  }

  /**
   * Refuses runs that depend on how many are drawn at once, for want of an option that says so.
   *
   * @param option that fixes it
   */
  void requireFixed(String option) {
    if (bayes != null) {
      throw new UsageException(
          "--bayes draws as many runs at once as run side by side; say how many with %s, so that the same are drawn when the sweep is started again"
              .formatted(option));
    }
  }

  /** How many runs there are at most. */
  int count(List<SweepParameter> parameters) {
    return bayes == null
        ? plan(parameters).trials().size()
        : new ParzenSampler(parameters, bayes, seed).count();
  }

  /** Runs that are known beforehand. */
  private SweepPlan plan(List<SweepParameter> parameters) {
    return random == null ? SweepPlan.grid(parameters) : SweepPlan.random(parameters, random, seed);
  }

  /** What will be done, beyond the number of runs; empty for whole runs of all. */
  String words(List<SweepParameter> parameters, int epochs) {
    if (halving == null) {
      return "";
    }
    int count = count(parameters);
    return ", %s epochs in place of %s"
        .formatted(rounds(count, epochs).epochs(), (long) count * epochs);
  }

  /** Runs them. */
  SweepTable run(
      List<SweepParameter> parameters,
      Sweep sweep,
      int parallel,
      int epochs,
      Monitor monitor,
      SweepLines lines)
      throws IOException, InterruptedException {
    if (bayes != null) {
      ParzenSampler sampler = new ParzenSampler(parameters, bayes, seed);
      List<TrialResult> results = new SampledSweep(sweep, sampler, parallel, monitor).run();
      return new SweepTable(sampler.plan(), monitor, results);
    }
    SweepPlan plan = plan(parameters);
    List<TrialResult> results =
        halving == null
            ? sweep.run(plan.trials())
            : new HalvedSweep(sweep, rounds(plan.trials().size(), epochs), monitor, lines)
                .run(plan.trials());
    return new SweepTable(plan, monitor, results);
  }

  private Halving rounds(int count, int epochs) {
    return Halving.of(count, epochs, Objects.requireNonNull(halving));
  }
}
