package io.rankline.spark.cli;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.EnsembleSection;
import io.rankline.config.RunConfig;
import io.rankline.io.Storage;
import io.rankline.metric.RankingMetric;
import io.rankline.spark.cli.train.StopNotice;
import io.rankline.spark.cli.train.TrainingProgress;
import io.rankline.spark.cli.train.TrainingSummary;
import io.rankline.spark.sweep.EnsembleResult;
import io.rankline.spark.sweep.EnsembleTable;
import io.rankline.spark.sweep.EnsembleTraining;
import io.rankline.spark.sweep.SweepLines;
import io.rankline.spark.sweep.TrialResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A {@code train} of several models that become one.
 *
 * @param configuration file of the run
 * @param settings in place of the file's
 * @param run what they say
 * @param section of the run
 */
record EnsembleRun(
    Path configuration, List<String> settings, RunConfig run, EnsembleSection section) {

  private static final String REPORT = "ensemble.html";

  int train(PrintWriter out, PrintWriter err) throws Exception {
    List<String> ofMembers = new ArrayList<>(settings);
    // Lists of tables are made once, for all of them.
    run.tables()
        .ifPresent(
            tables ->
                ofMembers.add(
                    "data.lists_dir="
                        + ConfigUtil.quoteString(Objects.requireNonNull(tables.listsDir()))));
    EnsembleTraining training = new EnsembleTraining(configuration, ofMembers, run, section);
    String modelDir = run.hparams().modelDir();
    out.printf(
        "%s members in %s/members, %s at a time%n",
        section.members(), modelDir, training.sideBySide());
    out.flush();
    SweepLines lines = new SweepLines(training.plan(), run.pipeline().monitor(), err);
    List<TrialResult> members =
        StopNotice.during(
            System.err, modelDir, () -> training.train(lines, new TrainingProgress(System.err)));
    List<RankingMetric> metrics = TrainingSummary.shown(run);
    List<EnsembleResult> exports = training.export(members, metrics);
    EnsembleResult best = exports.get(exports.size() - 1);
    EnsembleTable table = new EnsembleTable(best, members, metrics);
    table
        .page("Ensemble of " + configuration.getFileName(), run.text())
        .writeTo(Storage.ofClassPath().folder(modelDir), REPORT);
    table.print(out);
    out.println("model   " + best.path());
    out.println("report  " + modelDir + "/" + REPORT);
    out.flush();
    return 0;
  }
}
