package io.rankline.spark.cli;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.RunConfig;
import io.rankline.config.SyntheticSection;
import io.rankline.config.TableInputs;
import io.rankline.config.sweep.SweepParameter;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.session.Strategies;
import io.rankline.spark.cli.train.StopNotice;
import io.rankline.spark.sweep.Sweep;
import io.rankline.spark.sweep.SweepLines;
import io.rankline.spark.sweep.SweepPage;
import io.rankline.spark.sweep.SweepTable;
import io.rankline.spark.sweep.SweepText;
import io.rankline.spark.sweep.TrialResult;
import io.rankline.spark.sweep.place.TrialPlace;
import io.rankline.spark.synthetic.SyntheticData;
import io.rankline.spark.terminal.UsageException;
import io.rankline.spark.training.ClusterStrategies;
import io.rankline.spark.training.stage.Slots;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sweep}: a configuration trained with many values of some keys. */
@Command(
    name = "sweep",
    description = {
      "Trains a configuration with every combination of some values, or with values drawn at"
          + " random or where earlier runs were good, side by side on this machine or on executors,"
          + " and ranks the runs.",
      "Each run has a folder of its own, and is a process of its own or a task of an executor."
          + " Started again, a sweep runs what is not done yet; runs that failed are tried anew."
    },
    footer = {
      "",
      "Processors and memory are shared out: each of K runs gets 1/K of them. The last digits of a"
          + " result depend on the number of processors, so compare sweeps with the same K. On"
          + " executors each run has spark.task.cpus cores of one. Runs of a strategy for clusters"
          + " have all executors, one run after the other.",
      "",
      "A sweep has failed when every run has.",
      "",
      "Examples:",
      "  sweep run.conf --param pipeline.learning_rate=1e-4,3e-4 --param"
          + " model.scorer.dropout=0,0.3",
      "  sweep run.conf --random 20 --param pipeline.learning_rate=1e-5..1e-2:log --parallel 2",
      "  sweep run.conf --bayes 40 --param pipeline.learning_rate=1e-4..1e-1:log --param"
          + " model.scorer.dropout=0..0.5",
      "  sweep run.conf --random 27 --halving 3 --param pipeline.learning_rate=1e-4..1e-1:log",
      "  sweep hdfs.conf --random 40 --param pipeline.learning_rate=1e-4..1e-1:log --on-executors"
    })
final class SweepCommand implements Callable<Integer> {

  /** Every run has its own, or they must share it. */
  private static final List<String> FIXED =
      List.of(
          "pipeline.model_dir",
          "pipeline.best_exporter_metric",
          "pipeline.best_exporter_metric_higher_better",
          "synthetic");

  private static final String APPLICATION = "rankline sweep";

  /** How long executors may take to come, where the number of runs follows from theirs. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "The configuration file (HOCON).")
  private Path configuration;

  @Option(
      names = "--param",
      required = true,
      paramLabel = "KEY=VALUES",
      description =
          "A key and its values, as pipeline.learning_rate=1e-4,3e-4 or"
              + " model.scorer.hidden_layer_dims=[64],[128,64]; with --random or --bayes also a"
              + " range, as model.scorer.dropout=0..0.5 or pipeline.learning_rate=1e-5..1e-2:log.")
  private List<String> parameters = new ArrayList<>();

  @Mixin private SearchOptions search = new SearchOptions();

  @Option(
      names = "--parallel",
      paramLabel = "K",
      description = "Runs side by side. Default: 1, with --on-executors as many as have room.")
  private @Nullable Integer parallel;

  @Option(
      names = "--on-executors",
      description =
          "Train on the executors of the Spark application, each run on one of them; what runs read"
              + " and write has to be on a storage that all machines share.")
  private boolean onExecutors;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "What runs are ranked by: loss, or any metric, as ndcg@10 or ndcg_10, of the validation"
              + " data. Default: the configuration's best_exporter_metric.")
  private @Nullable String metric;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder of the runs and the report. Default: sweep/ in the model_dir.")
  private @Nullable String output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "For every run, in place of the file's value; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  SweepCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path name = configuration.getFileName();
    List<SweepParameter> swept = swept();
    int count = UsageException.reading(() -> search.count(swept));
    if (count < 2) {
      throw new UsageException(
          "a sweep of one run has nothing to rank; give a --param several values, or use"
              + " \"train\" with --set "
              + parameters.get(0));
    }
    ChosenRun chosen = ChosenRun.load(configuration, overrides, out);
    configuration = chosen.configuration();
    overrides = new ArrayList<>(chosen.settings());
    RunConfig run = chosen.run();
    if (metric != null && !isMeasured(metric, run)) {
      // Runs that do not look at it would not measure it.
      overrides.add("pipeline.best_exporter_metric=" + ConfigUtil.quoteString(metric));
      overrides.add("pipeline.best_exporter_metric_higher_better=null");
      run = RunConfig.load(configuration, overrides);
    }
    Monitor monitor = metric == null ? run.pipeline().monitor() : Monitor.of(metric);
    monitor.requireAmong(run.pipeline().measured());
    requireOneTraining(run);
    if (run.synthetic().isPresent()) {
      // Once, before runs would all make it at the same time.
      SyntheticSection made = run.synthetic().get();
      SyntheticData.make(Storage.ofClassPath().configuration(), made);
    }
    if (run.tables().isPresent()) {
      TableInputs tables = run.tables().get();
      TrainingTables.make(run, tables, out);
      overrides.add(
          "data.lists_dir=" + ConfigUtil.quoteString(Objects.requireNonNull(tables.listsDir())));
    }
    Storage storage = Storage.ofClassPath();
    Folder folder =
        output == null
            ? storage.folder(run.hparams().modelDir()).folder("sweep")
            : storage.folder(output);
    folder.requireWritable("--output");
    int sideBySide = Math.min(sideBySide(), count);
    TrialPlace place = place(run, sideBySide);
    SweepLines lines = new SweepLines(count, monitor, spec.commandLine().getErr());
    Sweep sweep = new Sweep(configuration, overrides, folder, sideBySide, place, lines);
    int epochs = run.hparams().numEpochs();
    out.printf(
        "%s runs in %s, %s at a time, %s%s%n",
        count, folder.path(), sideBySide, place.words(), search.words(swept, epochs));
    out.flush();
    SweepTable table =
        StopNotice.during(
            System.err,
            folder.path(),
            () -> search.run(swept, sweep, sideBySide, epochs, monitor, lines));
    table.writeTo(folder);
    String title = "Sweep of " + name;
    SweepPage.of(title, table, run.text()).writeTo(folder, "sweep.html");
    new SweepText(table).print(out, folder);
    return table.ranked().stream().anyMatch(TrialResult::isDone) ? 0 : 1;
  }

  private List<SweepParameter> swept() {
    return UsageException.reading(
        () -> {
          List<SweepParameter> parsed = parameters.stream().map(SweepParameter::parse).toList();
          for (SweepParameter parameter : parsed) {
            String key = parameter.key();
            if (FIXED.stream().anyMatch(own -> key.equals(own) || key.startsWith(own + "."))) {
              throw new UsageException(
                  "--param %s: runs of a sweep cannot differ in it".formatted(key));
            }
          }
          requireNotSet(parsed);
          if (parallel != null && parallel < 1) {
            throw new UsageException("--parallel must be 1 or more, got " + parallel);
          }
          search.check(spec, parsed);
          if (onExecutors && parallel == null) {
            search.requireFixed("--parallel");
          }
          return parsed;
        });
  }

  private void requireNotSet(List<SweepParameter> swept) {
    for (String override : overrides) {
      String key = override.substring(0, Math.max(0, override.indexOf('='))).strip();
      if (swept.stream().anyMatch(parameter -> parameter.key().equals(key))) {
        throw new UsageException(
            "--set %s would do nothing, as --param %s has the values; leave one of them out"
                .formatted(override, key));
      }
    }
  }

  private static boolean isMeasured(String metric, RunConfig run) {
    Monitor asked = UsageException.reading("--metric: ", () -> Monitor.of(metric));
    return run.pipeline().measured().contains(asked.name());
  }

  private void requireOneTraining(RunConfig run) {
    if (run.ensemble().isPresent()) {
      throw new UsageException(
          "a run of a sweep is one training, and pipeline.ensemble asks for several; leave it out"
              + " with --set pipeline.ensemble=null");
    }
    if (!isOfCluster(run)) {
      return;
    }
    String strategy = run.hparams().strategy();
    if (onExecutors) {
      throw new UsageException(
          "--on-executors trains each run on one executor, and strategy %s on all of them; leave one of the two out, the strategy with --set %s"
              .formatted(
                  strategy, "pipeline.strategy=" + ConfigUtil.quoteString(Strategies.MIRRORED)));
    }
    if (parallel != null && parallel > 1) {
      throw new UsageException(
          "--parallel must be 1 for strategy %s, as each run has all executors, got %s"
              .formatted(strategy, parallel));
    }
  }

  private static boolean isOfCluster(RunConfig run) {
    String strategy = run.hparams().strategy();
    return strategy != null && !strategy.equals(Strategies.MIRRORED);
  }

  private int sideBySide() {
    if (parallel != null) {
      return parallel;
    }
    if (!onExecutors) {
      return 1;
    }
    JavaSparkContext spark = spark();
    if (spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new UsageException(
          "with dynamic allocation executors come when there is work for them; say how many runs"
              + " go side by side with --parallel");
    }
    return Slots.available(spark, PATIENCE);
  }

  private TrialPlace place(RunConfig run, int sideBySide) {
    if (isOfCluster(run)) {
      ClusterStrategies.require(LocalSession.open(APPLICATION).session(), run.hparams());
      return TrialPlace.driver();
    }
    return onExecutors
        ? TrialPlace.executors(spark(), sideBySide)
        : TrialPlace.processes(RankingApp.class, sideBySide);
  }

  /** The session stays: the application ends it. */
  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(
        LocalSession.open(APPLICATION).session().sparkContext());
  }
}
