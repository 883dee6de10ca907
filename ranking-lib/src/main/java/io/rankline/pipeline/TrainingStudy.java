package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.History;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.explanation.EarlierRun;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.explanation.Reference;
import io.rankline.pipeline.explanation.StudyRequest;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.report.TrainingReport;
import io.rankline.serving.DataSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The study of the model that a training ends with. A report is no reason for a training to fail:
 * what cannot be found out is left out, and the log says why.
 *
 * @param data of the training
 * @param metrics that it measures
 * @param hparams how it trains
 * @param references what its model is held against too
 * @param storage where an earlier training lies
 * @param queryFeature feature of the context that names queries, whether the model reads it or not;
 *     null for none
 */
record TrainingStudy(
    AbstractDatasetBuilder data,
    List<RankingMetric> metrics,
    PipelineHparams hparams,
    List<Reference> references,
    Storage storage,
    @Nullable String queryFeature) {

  private static final Logger log = LoggerFactory.getLogger(TrainingStudy.class);

  /**
   * Studies a model, and puts what is found out into the report.
   *
   * @param training first lists of the training data
   * @param samples what the model reached in each validation list
   */
  ModelStudy of(
      RankingModel model,
      List<RankingList> training,
      SortedMap<String, List<MetricSample>> samples,
      TrainingReport.Builder report) {
    EarlierRun earlier = earlier();
    if (earlier != null) {
      report.earlier(earlier);
    }
    if (samples.isEmpty()) {
      return ModelStudy.NONE;
    }
    long begin = System.nanoTime();
    try {
      ModelStudy study =
          named(
              ModelStudy.of(
                  new StudyRequest(
                      model,
                      training,
                      data.buildValidDataset(),
                      hparams.validationSteps(),
                      metrics,
                      main(),
                      samples,
                      references,
                      earlier)));
      report.study(study);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      log.info("what the report says of the model took {} ms", took.toMillis());
      return study;
    } catch (IOException | RuntimeException e) {
      log.warn("the report lacks what the model makes of the data", e);
      return ModelStudy.NONE;
    }
  }

  private ModelStudy named(ModelStudy study) throws IOException {
    DataSettings read = data.dataSettings().orElse(null);
    if (queryFeature == null || read == null) {
      return study;
    }
    return HardQueries.named(study, storage, data.validationFiles(), read.format(), queryFeature);
  }

  /**
   * Checks before a training that the one that compare_with names can be read.
   *
   * @throws IOException if it cannot; says why
   */
  void requireEarlier() throws IOException {
    if (hparams.compareWith() != null) {
      try {
        read(hparams.compareWith());
      } catch (IOException e) {
        throw new IOException("compare_with: " + e.getMessage(), e);
      }
    }
  }

  private EarlierRun read(String path) throws IOException {
    Folder folder = storage.folder(path);
    List<EpochResult> epochs = History.read(folder);
    ModelDir.Found found = ModelDir.of(folder);
    return new EarlierRun(path, epochs, found.model().configuration(), found.network("the model"));
  }

  /** The training that compare_with names; null where there is none, or it is gone. */
  private @Nullable EarlierRun earlier() {
    String path = hparams.compareWith();
    if (path == null) {
      return null;
    }
    try {
      return read(path);
    } catch (IOException | RuntimeException e) {
      log.warn("the report lacks the comparison with compare_with {}: {}", path, e.getMessage());
      return null;
    }
  }

  /** The metric that epochs are compared by, or the one that most people look at first. */
  private RankingMetric main() {
    for (String wanted : List.of(hparams.bestExporterMetric(), "ndcg_10")) {
      Optional<RankingMetric> metric = Monitor.metric(wanted, metrics).filter(metrics::contains);
      if (metric.isPresent()) {
        return metric.get();
      }
    }
    return metrics.get(0);
  }
}
