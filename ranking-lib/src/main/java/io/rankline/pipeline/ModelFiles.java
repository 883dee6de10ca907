package io.rankline.pipeline;

import io.rankline.data.ListBatch;
import io.rankline.io.Folder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.dataset.BatchLists;
import io.rankline.pipeline.dataset.BatchStream;
import io.rankline.pipeline.dataset.RankingDataset;
import io.rankline.pipeline.report.DataProfile;
import io.rankline.pipeline.report.Environment;
import io.rankline.pipeline.report.EvaluatedData;
import io.rankline.pipeline.report.TrainingReport;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.pipeline.validation.Validation;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a training leaves behind: the best model, exports, the report. */
final class ModelFiles {

  private static final String LATEST = TrainedModels.LATEST_EXPORT;
  private static final String BEST = TrainedModels.BEST_EXPORT;

  /** Lists of the training data that the report counts. */
  private static final int PROFILED_LISTS = 1000;

  private final Folder modelDir;
  private final ModelFitPipeline pipeline;
  private final Instant started = Instant.now();

  ModelFiles(Folder modelDir, ModelFitPipeline pipeline) {
    this.modelDir = modelDir;
    this.pipeline = pipeline;
  }

  /** Keeps a model as the best so far. */
  void saveBest(RankingModel model, EpochResult epoch) throws IOException {
    SavedRankingModel.save(
        modelDir.folder(TrainedModels.BEST), pipeline.buildExport(model, epoch.logs()));
  }

  /**
   * Exports the last model and the best one, and evaluates the better of them for the report.
   *
   * @param epochs the history
   * @param bestEpoch the epoch of the best model, where one was kept
   */
  TrainingResult finish(
      TrainingLoop loop,
      TrainingSession session,
      RankingDataset validation,
      List<EpochResult> epochs,
      OptionalInt bestEpoch)
      throws IOException {
    RankingModel model = loop.model();
    Folder exports = modelDir.folder(TrainedModels.EXPORTS);
    Map<String, String> folders = new LinkedHashMap<>();
    Map<String, Double> lastLogs =
        epochs.isEmpty() ? Map.of() : epochs.get(epochs.size() - 1).logs();
    SavedRankingModel.save(exports.folder(LATEST), pipeline.buildExport(model, lastLogs));
    folders.put(LATEST, exports.folder(LATEST).path());

    INDArray latest = model.graph().params().dup();
    if (bestEpoch.isPresent()) {
      SavedRankingModel best = SavedRankingModel.load(modelDir.folder(TrainedModels.BEST));
      model.graph().params().assign(best.model().graph().params());
      Map<String, Double> logs = logsOf(epochs, bestEpoch.getAsInt());
      SavedRankingModel.save(exports.folder(BEST), pipeline.buildExport(model, logs));
      folders.put(BEST, exports.folder(BEST).path());
    }
    Map<String, Double> testLogs = new LinkedHashMap<>();
    TrainingReport.Builder report =
        TrainingReport.builder(model.name())
            .monitor(pipeline.monitor())
            .endedEarly(loop.stopReason())
            .epochs(epochs)
            .configuration(pipeline.configuration())
            .environment(Environment.current());
    List<RankingMetric> metrics = pipeline.buildMetrics();
    profileTraining(report);
    evaluate(report, "validation", session, validation, metrics);
    Optional<RankingDataset> test = pipeline.datasetBuilder().buildTestDataset();
    if (test.isPresent()) {
      Validation found = evaluate(report, "test", session, test.get(), metrics);
      found.addTo(testLogs, "test_", TrainingLoop.taskWeights(model), 0);
    }
    model.graph().params().assign(latest);
    report.run(started, Duration.between(started, Instant.now()));
    report.build().page().writeTo(modelDir, "report.html");
    return new TrainingResult(model, epochs, bestEpoch, loop.stopReason(), testLogs, folders);
  }

  /** The first lists tell enough of sizes and labels; all of them would be a pass more. */
  private void profileTraining(TrainingReport.Builder report) throws IOException {
    RankingDataset pass;
    try {
      pass = pipeline.datasetBuilder().buildTrainPass();
    } catch (UnsupportedOperationException e) {
      // A builder of somebody's own need not have one.
      return;
    }
    DataProfile.Builder profile = new DataProfile.Builder();
    int lists = 0;
    try (BatchStream batches = pass.open(UnaryOperator.identity(), 0)) {
      for (ListBatch batch = batches.next();
          batch != null && lists < PROFILED_LISTS;
          batch = batches.next()) {
        BatchLists.of(batch).forEach(profile::add);
        lists += batch.batchSize();
      }
    }
    report.data(
        profile.build(
            lists < PROFILED_LISTS
                ? "training"
                : String.format(Locale.ROOT, "training (first %,d lists)", lists)));
  }

  private static Validation evaluate(
      TrainingReport.Builder report,
      String name,
      TrainingSession session,
      RankingDataset data,
      List<RankingMetric> metrics)
      throws IOException {
    Validation found = session.evaluate(data, null, metrics, List.of(), true);
    boolean several = found.samples().size() > 1;
    found
        .samples()
        .forEach(
            (task, samples) ->
                report.evaluation(
                    EvaluatedData.of(
                        several ? name + ", " + task : name,
                        metrics,
                        samples,
                        new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, Bootstrap.DEFAULT_LEVEL, 1))));
    DataProfile profile = found.profile().build(name);
    if (profile.lists() > 0) {
      report.data(profile);
    }
    return found;
  }

  private static Map<String, Double> logsOf(List<EpochResult> epochs, int epoch) {
    for (EpochResult result : epochs) {
      if (result.epoch() == epoch) {
        return result.logs();
      }
    }
    return Map.of();
  }
}
