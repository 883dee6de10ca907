package io.rankline.spark.cli;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.promotion.DecisionPage;
import io.rankline.spark.promotion.PromotionDecision;
import io.rankline.spark.promotion.PromotionTrial;
import io.rankline.spark.promotion.PromotionTrial.Placed;
import io.rankline.spark.promotion.ServingBase;
import io.rankline.spark.promotion.SliceResult;
import io.rankline.spark.scoring.ModelFiles;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** A candidate before the gate: whether it is promoted, what is printed of it, and its way in. */
final class PromotionRun {

  /** The exit status of a candidate that is not promoted. */
  static final int NOT_PROMOTED = 3;

  private final Folder folder;
  private final Placed candidate;
  private final PromotionTrial trial;
  private final PrintWriter out;

  /**
   * Loads the candidate.
   *
   * @throws UsageException for options that do not fit
   */
  PromotionRun(Folder folder, String data, PromotionOptions options, PrintWriter out)
      throws IOException {
    this.folder = folder;
    this.candidate = new Placed(folder.path(), SavedRankingModel.load(folder));
    this.trial = UsageException.reading(() -> options.trial(candidate.model(), data));
    this.out = out;
  }

  /**
   * Compares, and prints why.
   *
   * @param decisions gets the decision as {@code decision.json} and {@code decision.html}; empty
   *     for no folder
   * @return whether it is to be promoted
   */
  boolean decide(ServingBase base, String decisions) throws IOException {
    OptionalLong newest = base.newest();
    Placed serves = null;
    if (newest.isPresent()) {
      Folder version = base.version(newest.getAsLong());
      serves = new Placed(version.path(), SavedRankingModel.load(version));
    }
    PromotionDecision decision = trial.decide(candidate, serves);
    print(decision);
    if (!decisions.isEmpty()) {
      DecisionPage.write(decision, Storage.ofClassPath().folder(decisions));
    }
    return decision.isPromoted();
  }

  /** Lets it serve. */
  void publish(ServingBase base) throws IOException {
    long number = base.publish(ModelFiles.read(folder));
    out.println("promoted to " + base.version(number).path());
    out.flush();
  }

  private void print(PromotionDecision decision) {
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
    out.flush();
  }
}
