package io.rankline.spark.ml;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.EnsembleSection;
import io.rankline.config.RunConfig;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.pipeline.ExportName;
import io.rankline.pipeline.TrainingResult;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members of an ensemble, trained on the same lists one after the other, as one export. */
final class EnsembleFit {

  private static final Logger LOG = LoggerFactory.getLogger(EnsembleFit.class);

  private static final String MEMBERS = "members";

  /** Trains a member, with overrides of its own. */
  @FunctionalInterface
  interface MemberTraining {
    TrainingResult train(List<String> overrides) throws IOException;
  }

  private final RunConfig run;
  private final EnsembleSection section;
  private final String text;

  /**
   * A fit.
   *
   * @param run that has an ensemble
   * @param text of its configuration, for the export
   */
  EnsembleFit(RunConfig run, String text) {
    this.run = run;
    this.section = run.ensemble().orElseThrow();
    this.text = text;
  }

  /**
   * What each member has in place of the run's values; none where no ensemble is asked for.
   *
   * @param modelDir of the ensemble
   */
  static List<List<String>> members(RunConfig run, String modelDir) {
    return run.ensemble().stream()
        .flatMap(section -> section.trials(run).stream())
        .map(trial -> overrides(trial, modelDir))
        .toList();
  }

  private static List<String> overrides(Trial trial, String modelDir) {
    List<String> overrides = new ArrayList<>(trial.overrides());
    String folder = "%s/%s/%s".formatted(modelDir, MEMBERS, trial.folder());
    overrides.add("pipeline.model_dir=" + ConfigUtil.quoteString(folder));
    return overrides;
  }

  /**
   * Trains all, and exports them.
   *
   * @throws IOException of the first member that fails, unless the ensemble may have fewer
   */
  Folder train(MemberTraining training) throws IOException {
    List<Folder> exports = new ArrayList<>();
    IOException failure = null;
    for (List<String> member : members(run, run.hparams().modelDir())) {
      try {
        exports.add(export(training.train(member)));
      } catch (IOException e) {
        if (!section.allowFewer()) {
          throw e;
        }
        LOG.warn("a member of the ensemble failed, and is left out: {}", e.getMessage());
        failure = e;
      }
    }
    if (failure != null && exports.isEmpty()) {
      throw failure;
    }
    Folder target = ExportName.LATEST.in(Storage.ofClassPath().folder(run.hparams().modelDir()));
    SavedRankingModel.save(
        target,
        EnsembleExport.builder(exports).combine(section.combine()).configuration(text).build());
    return target;
  }

  /** What a training exported: its best model, or the latest one where that was not kept. */
  static Folder export(TrainingResult result) {
    String latest = Objects.requireNonNull(result.exports().get(ExportName.LATEST));
    return Storage.ofClassPath().folder(result.exports().getOrDefault(ExportName.BEST, latest));
  }
}
