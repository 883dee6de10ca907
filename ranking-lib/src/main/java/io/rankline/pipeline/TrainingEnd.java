package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.report.DataProfile;
import io.rankline.pipeline.report.Environment;
import io.rankline.pipeline.report.EvaluatedData;
import io.rankline.pipeline.report.TrainingReport;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.pipeline.validation.Validation;
import io.rankline.serving.ModelExport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is left to do after the last epoch: exports, and a report on the better one of them. */
final class TrainingEnd {

  /** Lists of the training data that the report counts. */
  private static final int PROFILED_LISTS = 1000;

  /** Lists of the training data that the best single feature is chosen by. */
  private static final int STUDIED_LISTS = 256;

  /** And the numbers of their items that are kept at most: 80 MB. */
  private static final long STUDIED_VALUES = 20_000_000;

  private final ModelDir modelDir;
  private final AbstractDatasetBuilder data;
  private final RankingDataset validation;
  private final List<RankingMetric> metrics;
  private final TrainingStudy studies;
  private final Exporter exporter;
  private final Instant started = Instant.now();

  /** Of a clock that nobody sets. */
  private final long began = System.nanoTime();

  /** Makes the export of a model. */
  @FunctionalInterface
  interface Exporter {
    /** The model with what its epoch measured. */
    ModelExport export(RankingModel model, Map<String, Double> logs);
  }

  /** The end of a training that starts now. */
  TrainingEnd(
      ModelDir modelDir,
      AbstractDatasetBuilder data,
      RankingDataset validation,
      List<RankingMetric> metrics,
      TrainingStudy studies,
      Exporter exporter) {
    this.modelDir = modelDir;
    this.data = data;
    this.validation = validation;
    this.metrics = metrics;
    this.studies = studies;
    this.exporter = exporter;
  }

  /**
   * Exports the last model and the best one, and evaluates the better of them for the report.
   *
   * @param epochs the history
   * @param bestEpoch the epoch of the best model, where one was kept
   * @param report with what is known of the training already
   */
  TrainingResult finish(
      TrainingLoop loop,
      TrainingSession session,
      List<EpochResult> epochs,
      OptionalInt bestEpoch,
      TrainingReport.Builder report)
      throws IOException {
    RankingModel model = loop.model();
    Map<ExportName, String> exports = new LinkedHashMap<>();
    int last = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch();
    exports.put(ExportName.LATEST, export(ExportName.LATEST, model, epochs, last));
    INDArray latest = model.graph().params().dup();
    if (bestEpoch.isPresent()) {
      model.graph().params().assign(modelDir.kept().model().graph().params());
      exports.put(ExportName.BEST, export(ExportName.BEST, model, epochs, bestEpoch.getAsInt()));
    }
    Map<String, Double> testLogs = new LinkedHashMap<>();
    report.endedEarly(loop.stopReason()).epochs(epochs).environment(Environment.current());
    List<RankingList> training = profileTraining(report);
    ModelStudy study =
        studies.of(
            model, training, evaluate(report, "validation", session, validation).samples(), report);
    Optional<RankingDataset> test = data.buildTestDataset();
    if (test.isPresent()) {
      evaluate(report, "test", session, test.get()).addTo(testLogs, Split.TEST, model.tasks(), 0);
    }
    model.graph().params().assign(latest);
    report.run(started, Duration.ofNanos(System.nanoTime() - began));
    TrainingReport built = report.build();
    built.page().writeTo(modelDir.folder(), "report.html");
    return new TrainingResult(
        model, epochs, bestEpoch, loop.stopReason(), testLogs, exports, study, built.data());
  }

  private String export(ExportName name, RankingModel model, List<EpochResult> epochs, int epoch)
      throws IOException {
    Map<String, Double> logs =
        epochs.stream()
            .filter(result -> result.epoch() == epoch)
            .findFirst()
            .map(EpochResult::logs)
            .orElse(Map.of());
    return modelDir.export(name, exporter.export(model, logs));
  }

  /**
   * The first lists show enough of sizes and labels; all of them would cost a pass. Returns some of
   * them.
   */
  private List<RankingList> profileTraining(TrainingReport.Builder report) throws IOException {
    RankingDataset pass;
    try {
      pass = data.buildTrainPass();
    } catch (UnsupportedOperationException e) {
      // A builder of somebody's own need not have one.
      return List.of();
    }
    List<RankingList> first = new ArrayList<>();
    long values = 0;
    DataProfile.Builder profile = new DataProfile.Builder();
    int lists = 0;
    try (BatchStream<List<RankingList>> batches =
        pass.open(UnaryOperator.identity(), BatchForm.LISTS, 0)) {
      for (List<RankingList> batch = batches.next();
          batch != null && lists < PROFILED_LISTS;
          batch = batches.next()) {
        batch.forEach(profile::add);
        for (RankingList list : batch) {
          values += list.examples().length;
          if (first.size() < STUDIED_LISTS && values <= STUDIED_VALUES) {
            first.add(list);
          }
        }
        lists += batch.size();
      }
    }
    report.data(
        profile.build(
            lists < PROFILED_LISTS
                ? "training"
                : String.format(Locale.ROOT, "training (first %,d lists)", lists)));
    return first;
  }

  private Validation evaluate(
      TrainingReport.Builder report, String name, TrainingSession session, RankingDataset dataset)
      throws IOException {
    Validation found = session.evaluate(dataset, null, metrics, List.of(), true);
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
}
