package io.rankline.spark.cli;

import io.rankline.io.Folder;
import io.rankline.io.Lease;
import io.rankline.io.Storage;
import io.rankline.metric.RankingMetric;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.promotion.DecisionPage;
import io.rankline.spark.promotion.PromotionDecision;
import io.rankline.spark.promotion.PromotionRule;
import io.rankline.spark.promotion.PromotionTrial;
import io.rankline.spark.promotion.PromotionTrial.Placed;
import io.rankline.spark.promotion.ServingBase;
import io.rankline.spark.promotion.SliceResult;
import io.rankline.spark.scoring.ModelFiles;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promote}: lets a candidate serve if it is better. Starts no Spark. */
@Command(
    name = "promote",
    header = "Lets a new model serve if it is better than the one that does.",
    description = {
      "",
      "Both score the same queries. The candidate is promoted if it is better by more than chance,"
          + " and if in no slice of queries a loss can be more than a little. It becomes the next"
          + " version, BASE/<number>, which rankline serve and TensorFlow Serving take up by"
          + " themselves.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  promote --candidate /models/run/export/best_model_by_metric --serving /serving/shop"
          + " --data /data/yesterday",
      "  promote --candidate ... --serving /serving/shop --data ... --slices country,device"
          + " --dry-run",
      "  promote --serving /serving/shop --rollback"
    },
    exitCodeList = {"0:promoted", "1:failed", "2:wrong usage", "3:not promoted"})
final class PromoteCommand implements Callable<Integer> {

  private static final int NOT_PROMOTED = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--serving",
      required = true,
      paramLabel = "BASE",
      description = "The folder of the versions that a server takes; made if it is not there.")
  private String serving = "";

  @Option(names = "--candidate", paramLabel = "DIR", description = "An exported model.")
  private @Nullable String candidate;

  @Option(
      names = "--data",
      paramLabel = "PATTERN",
      description = "Files with labels that neither model was trained on.")
  private @Nullable String data;

  @Option(
      names = "--format",
      paramLabel = "elwc|eie|seq|libsvm",
      description = "What --data is in. Default: what the candidate was trained on.")
  private @Nullable String format;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      defaultValue = "ndcg@10",
      description = "By which they are compared. Default: ${DEFAULT-VALUE}.")
  private String metric = "ndcg@10";

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "The task that counts, of models of several.")
  private @Nullable String task;

  @Option(
      names = "--slices",
      paramLabel = "FEATURES",
      split = ",",
      description = "Features of the context, each of whose values is judged by itself.")
  private List<String> slices = new ArrayList<>();

  @Option(
      names = "--significance",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Largest p-value of the paired test. Default: ${DEFAULT-VALUE}.")
  private double significance;

  @Option(
      names = "--max-slice-loss",
      paramLabel = "SHARE",
      defaultValue = "0.005",
      description =
          "What a slice may lose at the lower end of its interval, as a share of the serving"
              + " model's metric there. Default: ${DEFAULT-VALUE}.")
  private double maxSliceLoss;

  @Option(
      names = "--min-slice-queries",
      paramLabel = "N",
      defaultValue = "100",
      description = "Slices of fewer queries are judged together. Default: ${DEFAULT-VALUE}.")
  private int minSliceQueries;

  @Option(
      names = "--max-drift",
      paramLabel = "INDEX",
      description =
          "Also stop if a feature's population stability index against the candidate's training"
              + " data is above. Default: only told, above 0.25.")
  private @Nullable Double maxDrift;

  @Option(
      names = "--other-features",
      description = "Let the candidate read features that the serving model does not.")
  private boolean otherFeatures;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Also write the decision there, as decision.json and decision.html.")
  private @Nullable String output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of intervals and test. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--dry-run", description = "Decide, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--rollback",
      description = "Take the version that serves away, so that the one before it does.")
  private boolean rollback;

  PromoteCommand() {}

  @Override
  public Integer call() throws IOException {
    Storage storage = Storage.ofClassPath();
    Folder base = storage.folder(serving);
    if (rollback) {
      return rollBack(base);
    }
    String from = candidate;
    String pattern = data;
    if (from == null || pattern == null) {
      throw new UsageException("--candidate and --data go together; or say --rollback");
    }
    Folder folder = storage.folder(from);
    Placed asked = new Placed(from, SavedRankingModel.load(folder));
    PromotionTrial trial = UsageException.reading(() -> trial(asked, pattern));
    if (dryRun) {
      return decide(trial, asked, folder, base);
    }
    base.create();
    try (Lease lease = Lease.take(base, "--serving")) {
      lease.requireHeld();
      return decide(trial, asked, folder, base);
    }
  }

  private PromotionTrial trial(Placed asked, String pattern) {
    RankingMetric by = RankingMetric.parse(metric);
    TrainingData read = TrainingData.of(asked.model());
    return new PromotionTrial(
        by,
        task,
        pattern,
        format == null ? read : read.withFormat(format),
        slices,
        new PromotionRule(by.direction(), significance, maxSliceLoss, minSliceQueries, seed),
        otherFeatures,
        maxDrift);
  }

  private int decide(PromotionTrial trial, Placed asked, Folder folder, Folder base)
      throws IOException {
    ServingBase versions = new ServingBase(base);
    OptionalLong newest = versions.newest();
    Placed serves = null;
    if (newest.isPresent()) {
      Folder version = versions.version(newest.getAsLong());
      serves = new Placed(version.path(), SavedRankingModel.load(version));
    }
    PromotionDecision decision = trial.decide(asked, serves);
    print(decision);
    if (output != null) {
      DecisionPage.write(decision, Storage.ofClassPath().folder(output));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!decision.isPromoted()) {
      out.println("not promoted");
      out.flush();
      return NOT_PROMOTED;
    }
    if (dryRun) {
      out.println("would be promoted");
    } else {
      long number = versions.publish(ModelFiles.read(folder));
      out.println("promoted to " + versions.version(number).path());
    }
    out.flush();
    return ExitCode.OK;
  }

  private void print(PromotionDecision decision) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("candidate " + decision.candidate());
    out.println("serving   " + (decision.serving().isEmpty() ? "none" : decision.serving()));
    if (!decision.results().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%n%-24s %8s %9s %9s %9s  %s%n",
          decision.metric(),
          "queries",
          "serving",
          "candidate",
          "p",
          "difference, 90 %");
    }
    for (SliceResult result : decision.results()) {
      out.printf(
          Locale.ROOT,
          "%-24s %,8d %9.4f %9.4f %9.3f  %s%s%n",
          result.name(),
          result.queries(),
          result.serving(),
          result.candidate(),
          result.pValue(),
          result.difference() == null
              ? "-"
              : String.format(
                  Locale.ROOT,
                  "%+.4f to %+.4f",
                  result.difference().low(),
                  result.difference().high()),
          result.problem().isEmpty() ? "" : "  stops it");
    }
    out.println();
    decision.remarks().forEach(remark -> out.println("note: " + remark));
    decision.reasons().forEach(reason -> out.println("stopped: " + reason));
  }

  private int rollBack(Folder base) throws IOException {
    if (candidate != null || data != null) {
      throw new UsageException("--rollback goes without --candidate and --data");
    }
    try (Lease lease = Lease.take(base, "--serving")) {
      lease.requireHeld();
      PrintWriter out = spec.commandLine().getOut();
      ServingBase versions = new ServingBase(base);
      out.println("version " + versions.rollBack() + " serves again");
      out.flush();
      return ExitCode.OK;
    }
  }
}
