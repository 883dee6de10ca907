package io.rankline.spark.cli;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.RunConfig;
import io.rankline.config.SyntheticSection;
import io.rankline.io.Storage;
import io.rankline.pipeline.ModelFitPipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.spark.cli.train.StopNotice;
import io.rankline.spark.cli.train.TrainingProgress;
import io.rankline.spark.cli.train.TrainingSummary;
import io.rankline.spark.synthetic.SyntheticData;
import io.rankline.spark.training.watch.TrainingGauges;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code train}: from a configuration file to an exported model. */
@Command(
    name = "train",
    description = {
      "Trains, validates and exports the model that a configuration file describes; see conf/.",
      "Where the file says no more than where the data lies and the model goes, features, model and"
          + " training are chosen by what the data looks like, shown, and written to chosen.conf in"
          + " the model_dir.",
      "A run that was interrupted goes on from its last checkpoint; one that is done is left as it"
          + " is. Made-up data that the file asks for is made first."
    })
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "The configuration file (HOCON).")
  private Path configuration;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "In place of the file's value, as pipeline.num_epochs=3; may be repeated. Objects are"
              + " merged, as HOCON does.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--warm-start",
      paramLabel = "DIR",
      description =
          "Start from the parameters of another training (its model_dir) or of an exported model"
              + " with the same features and layers; steps, learning rate and the optimizer begin"
              + " anew. A run that has a checkpoint goes on from that instead.")
  private @Nullable String warmStart;

  TrainCommand() {}

  @Override
  public Integer call() throws Exception {
    List<String> settings = new ArrayList<>(overrides);
    if (warmStart != null) {
      settings.add("pipeline.warm_start=" + ConfigUtil.quoteString(warmStart));
    }
    return train(configuration, settings, spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** Trains what the file and the settings in place of its own say. */
  static int train(Path configuration, List<String> settings, PrintWriter out, PrintWriter err)
      throws Exception {
    ChosenRun chosen = ChosenRun.load(configuration, settings, out);
    RunConfig run = chosen.run();
    ModelFitPipeline pipeline = run.pipeline();
    if (run.synthetic().isPresent()) {
      SyntheticSection made = run.synthetic().get();
      boolean missing = SyntheticData.make(Storage.ofClassPath().configuration(), made);
      out.printf(
          Locale.ROOT,
          "%s %,d lists to train on and %,d to validate with in %s%n",
          missing ? "made data:" : "found data:",
          made.trainLists(),
          made.validLists(),
          made.dir());
      out.flush();
    }
    if (run.tables().isPresent()) {
      TrainingTables.make(run, run.tables().get(), out);
    }
    if (run.ensemble().isPresent()) {
      return new EnsembleRun(chosen.configuration(), chosen.settings(), run, run.ensemble().get())
          .train(out, err);
    }
    TrainingResult result =
        StopNotice.during(
            System.err,
            run.hparams().modelDir(),
            pipeline
                    .withProgress(new TrainingProgress(System.err))
                    .withCallback(new TrainingGauges())
                ::trainAndValidate);
    new TrainingSummary(run, result, out).print();
    out.flush();
    return 0;
  }
}
