package io.rankline.spark.sweep;

import io.rankline.config.ConfigurationException;
import io.rankline.config.EnsembleSection;
import io.rankline.config.RunConfig;
import io.rankline.config.sweep.SweepPlan;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.pipeline.ExportName;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.session.Strategies;
import io.rankline.pipeline.validation.ScorerValidation;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Trains the members of an ensemble, each in a folder of its own, and exports them as one model.
 * Those that are done are not trained again; a failure stops no other member.
 */
public final class EnsembleTraining {

  /** The folder of the members in that of the ensemble. */
  private static final String MEMBERS = "members";

  private final Path configuration;
  private final List<String> overrides;
  private final RunConfig run;
  private final EnsembleSection section;
  private final List<Trial> trials;
  private final Storage storage = Storage.ofClassPath();
  private final Folder folder;

  /**
   * A training.
   *
   * @param configuration file of the run
   * @param overrides of all members
   * @param run what they say
   * @param section of the run
   */
  public EnsembleTraining(
      Path configuration, List<String> overrides, RunConfig run, EnsembleSection section) {
    this.configuration = configuration;
    this.overrides = List.copyOf(overrides);
    this.run = run;
    this.section = section;
    this.trials = section.trials(run);
    this.folder = storage.folder(run.hparams().modelDir());
  }

  /** The trainings, for those who show them. */
  public SweepPlan plan() {
    return new SweepPlan(List.of(), trials);
  }

  /** How many members are trained side by side. */
  public int sideBySide() {
    PipelineHparams hparams = run.hparams();
    String strategy = hparams.strategy();
    if (strategy != null
        && (!strategy.equals(Strategies.MIRRORED) || !hparams.strategyOptions().isEmpty())) {
      return 1; // all executors, or replicas on all processors, are at work for one training
    }
    Runtime runtime = Runtime.getRuntime();
    return section.sideBySide(runtime.availableProcessors(), runtime.maxMemory());
  }

  /**
   * Trains what is not done yet.
   *
   * @param progress of members that are trained one after the other
   * @return in the order of the members
   * @throws ConfigurationException before any training, if a member has a faulty configuration
   * @throws IOException if the folder cannot be written to, or holds the training of one model, or
   *     members that were trained on other data
   */
  public List<TrialResult> train(Sweep.Listener listener, Callback progress)
      throws IOException, InterruptedException {
    if (folder.has("checkpoints")) {
      throw new IOException(
          "model_dir %s holds the training of one model; name another folder for an ensemble"
              .formatted(folder.path()));
    }
    folder.requireWritable("model_dir");
    List<TrialThreads.Job> jobs = new ArrayList<>();
    for (Trial trial : trials) {
      Folder own = folder.folder(MEMBERS).folder(trial.folder());
      jobs.add(new TrialThreads.Job(configuration, overrides, trial, own));
    }
    return new TrialThreads(sideBySide(), listener, progress).run(jobs);
  }

  /**
   * Exports the members that are done, under each name that all of them have exported a model by,
   * with what the ensemble reaches on the validation data.
   *
   * @param metrics that are measured
   * @return the exports, the latest one first
   * @throws IOException if members failed that the ensemble must have; they are named, and the
   *     others kept
   */
  public List<EnsembleResult> export(List<TrialResult> results, List<RankingMetric> metrics)
      throws IOException {
    List<TrialResult> done = results.stream().filter(TrialResult::isDone).toList();
    requireEnough(results, done);
    List<EnsembleResult> exports = new ArrayList<>();
    for (ExportName name : ExportName.values()) {
      List<Folder> members = new ArrayList<>();
      for (TrialResult result : done) {
        Folder export = name.in(storage.folder(result.modelDir()));
        if (SavedRankingModel.isIn(export)) {
          members.add(export);
        }
      }
      if (members.size() == done.size()) {
        exports.add(export(name, members, metrics));
      }
    }
    return exports;
  }

  private EnsembleResult export(ExportName name, List<Folder> members, List<RankingMetric> metrics)
      throws IOException {
    Folder target = name.in(folder);
    EnsembleExport.Builder export =
        EnsembleExport.builder(members).combine(section.combine()).configuration(run.text());
    SavedRankingModel model = SavedRankingModel.of(export.build());
    RankingDataset validation = run.datasetBuilder().buildValidDataset();
    SortedMap<String, Evaluation> values =
        ScorerValidation.of(model, validation, run.hparams().validationSteps(), metrics);
    SortedMap<String, Double> logs = new TreeMap<>();
    values.forEach(
        (task, evaluation) ->
            evaluation
                .means()
                .keySet()
                .forEach(
                    metric ->
                        evaluation
                            .value(metric)
                            .ifPresent(value -> logs.put(logName(model, task, metric), value))));
    logs.forEach(export::metric);
    SavedRankingModel.save(target, export.build());
    return new EnsembleResult(name, SavedRankingModel.load(target), target.path());
  }

  /** With one task, values have no task in their names. */
  static String logName(SavedRankingModel model, String task, String metric) {
    return LogName.metric(Split.VALIDATION, model.tasks().size() == 1 ? null : task, metric).text();
  }

  private void requireEnough(List<TrialResult> results, List<TrialResult> done) throws IOException {
    if (done.size() == results.size() || (section.allowFewer() && !done.isEmpty())) {
      return;
    }
    String failed =
        results.stream()
            .filter(result -> !result.isDone())
            .map(result -> "%s: %s".formatted(result.trial().label(), result.failure()))
            .collect(Collectors.joining("; "));
    throw new IOException(
        done.isEmpty()
            ? "all %s members failed: %s".formatted(results.size(), failed)
            : "%s of %s members failed: %s; the others are kept in %s: start again to try those anew,"
                    .formatted(
                        results.size() - done.size(),
                        results.size(),
                        failed,
                        folder.folder(MEMBERS).path())
                + " or export without them with pipeline.ensemble.allow_fewer = true");
  }
}
