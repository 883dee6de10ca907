package io.rankline.pipeline;

import io.rankline.io.Storage;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossText;
import io.rankline.metric.RankingMetric;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.callback.BestModel;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EarlyStopping;
import io.rankline.pipeline.callback.History;
import io.rankline.pipeline.callback.LogProgress;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.callback.ReduceLrOnPlateau;
import io.rankline.pipeline.callback.TensorBoard;
import io.rankline.pipeline.checkpoint.Checkpoints;
import io.rankline.pipeline.checkpoint.ModelIdentity;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.explanation.Reference;
import io.rankline.pipeline.hparams.PerTask;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.report.TrainingReport;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.Strategies;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.serving.ModelExport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trains a model epoch by epoch, with validation, checkpoints, the best model, curves and exports.
 *
 * <p>Subclasses say what is minimised and measured, and may replace callbacks or the export. A run
 * that is killed and started again continues from its last checkpoint and ends as if it had never
 * been interrupted.
 */
public abstract class ModelFitPipeline extends AbstractPipeline {

  private static final List<RankingMetric> DEFAULT_METRICS =
      RankingMetric.parseAll("ndcg@1,ndcg@5,ndcg@10,ndcg");

  private final AbstractModelBuilder modelBuilder;
  private final AbstractDatasetBuilder datasetBuilder;
  private final PipelineHparams hparams;
  private String configuration = "";
  private Callback progress = new LogProgress();
  private List<Reference> references = List.of();

  /**
   * A pipeline.
   *
   * @throws IllegalArgumentException for a strategy that is not there
   */
  protected ModelFitPipeline(
      AbstractModelBuilder modelBuilder,
      AbstractDatasetBuilder datasetBuilder,
      PipelineHparams hparams) {
    Strategies.require(hparams.strategy());
    this.modelBuilder = modelBuilder;
    this.datasetBuilder = datasetBuilder;
    this.hparams = hparams;
  }

  /** How it trains. */
  protected final PipelineHparams hparams() {
    return hparams;
  }

  /** Where its data comes from. */
  protected final AbstractDatasetBuilder datasetBuilder() {
    return datasetBuilder;
  }

  /** Where artefacts go: {@link Storage#ofClassPath} unless overridden. */
  protected Storage storage() {
    return Storage.ofClassPath();
  }

  /**
   * What looks on: curves for TensorBoard, the history, progress in the log, and as the
   * hyperparameters say a falling learning rate and early stopping. The best model is kept by a
   * callback that stands before them.
   */
  protected List<Callback> buildCallbacks() {
    List<Callback> callbacks = new ArrayList<>();
    callbacks.add(new TensorBoard());
    callbacks.add(new History());
    callbacks.add(progress);
    if (hparams.automaticReduceLr()) {
      callbacks.add(ReduceLrOnPlateau.builder().build());
    }
    if (hparams.earlyStoppingPatience() > 0) {
      callbacks.add(
          new EarlyStopping(
              monitor(), hparams.earlyStoppingMinDelta(), hparams.earlyStoppingPatience()));
    }
    return callbacks;
  }

  /** The value that says which epoch is best. */
  protected final Monitor monitor() {
    return Monitor.ofExporterMetric(
        hparams.bestExporterMetric(),
        hparams.bestExporterMetricHigherBetter() ? Better.HIGHER : Better.LOWER);
  }

  /** The losses of the hyperparameters. */
  @Override
  protected PerTask<LossObjective> buildLoss() {
    return hparams.loss().map(loss -> loss.withReduction(hparams.lossReduction()));
  }

  /** NDCG at 1, 5, 10 and over the whole list. */
  @Override
  protected List<RankingMetric> buildMetrics() {
    return DEFAULT_METRICS;
  }

  /** NDCG at 1, 5, 10 and over the whole list. */
  @Override
  protected List<RankingMetric> buildWeightedMetrics() {
    return DEFAULT_METRICS;
  }

  @Override
  public TrainingResult trainAndValidate() throws IOException {
    ModelDir modelDir = ModelDir.in(storage().folder(hparams.modelDir()));
    modelDir.folder().requireWritable("model_dir");
    RankingDataset validation = datasetBuilder.buildValidDataset();
    validation.requireUsable();
    Optional<RankingDataset> test = datasetBuilder.buildTestDataset();
    if (test.isPresent()) {
      test.get().requireUsable();
    }
    List<RankingMetric> metrics = buildMetrics();
    TrainingStudy studies =
        new TrainingStudy(datasetBuilder, metrics, hparams, references, storage());
    studies.requireEarlier();
    AbstractModelBuilder fitted = TransformFitting.fit(modelBuilder, datasetBuilder);
    RankingModel built = fitted.build(settings());
    List<RankingMetric> weightedMetrics =
        hparams.useWeightedMetrics() ? buildWeightedMetrics() : List.of();
    if (hparams.exportBestModel() || hparams.earlyStoppingPatience() > 0) {
      monitor()
          .requireAmong(TrainingLoop.logNames(built.tasks().keySet(), metrics, weightedMetrics));
    }
    Checkpoints checkpoints =
        new Checkpoints(modelDir.checkpoints(), ModelIdentity.of(built.graph(), identity()));
    RankingModel model = startModel(built, checkpoints, modelDir);
    List<Callback> callbacks = new ArrayList<>();
    TrainingEnd end =
        new TrainingEnd(modelDir, datasetBuilder, validation, metrics, studies, this::buildExport);
    BestModel best =
        new BestModel(
            monitor(), (run, epoch) -> modelDir.keep(buildExport(run.model(), epoch.logs())));
    if (hparams.exportBestModel()) {
      callbacks.add(best);
    }
    callbacks.addAll(buildCallbacks());
    try (TrainingSession session =
        Strategies.open(new SessionRequest(model, datasetBuilder, hparams))) {
      TrainingLoop loop =
          new TrainingLoop(
              model,
              modelDir.folder(),
              hparams,
              session,
              validation,
              metrics,
              weightedMetrics,
              callbacks,
              checkpoints);
      loop.run();
      return end.finish(
          loop,
          session,
          History.read(modelDir.folder()),
          hparams.exportBestModel() ? best.bestEpoch() : OptionalInt.empty(),
          TrainingReport.builder(model.name()).monitor(monitor()).configuration(configuration()));
    } finally {
      for (Callback callback : callbacks) {
        callback.close();
      }
    }
  }

  /**
   * How a model is exported: with the features of the data set, and what the epoch measured.
   *
   * @param logs of the epoch the model is of
   */
  protected ModelExport buildExport(RankingModel model, Map<String, Double> logs) {
    ModelExport.Builder export =
        ModelExport.builder(model, datasetBuilder.recordSpec()).configuration(configuration());
    datasetBuilder.dataSettings().ifPresent(export::data);
    logs.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            export.metric(name, value);
          }
        });
    return export.build();
  }

  /** The resolved configuration for the report and the export, as text. */
  protected String configuration() {
    return configuration;
  }

  /** Sets the configuration that is shown and exported; returns this pipeline. */
  public final ModelFitPipeline withConfiguration(String text) {
    configuration = text;
    return this;
  }

  /** Shows progress by that callback instead of lines in the log; returns this pipeline. */
  public final ModelFitPipeline withProgress(Callback callback) {
    progress = callback;
    return this;
  }

  /**
   * Holds a model of one task against something else too, in the report and the result; returns
   * this pipeline.
   */
  public final ModelFitPipeline withReference(Reference reference) {
    references = List.of(reference);
    return this;
  }

  /** A training that has a checkpoint continues from it, whatever a new one would start from. */
  private RankingModel startModel(RankingModel built, Checkpoints checkpoints, ModelDir modelDir)
      throws IOException {
    StartModel start = new StartModel(!modelBuilder.isFitted());
    if (!checkpoints.isEmpty()) {
      return start.goingOn(built, modelDir);
    }
    String source = hparams.warmStart();
    RankingModel model =
        source == null ? built : start.warm(built, ModelDir.of(storage().folder(source)));
    modelDir.saveStart(buildExport(model, Map.of()));
    return model;
  }

  private TrainingSettings settings() {
    TrainingSettings.Builder settings =
        TrainingSettings.builder()
            .optimizer(hparams.optimizer())
            .l1(hparams.l1())
            .l2(hparams.l2())
            .seed(hparams.seed());
    SortedMap<String, String> labels = datasetBuilder.labelsByTask();
    buildLoss()
        .ofEach(labels.isEmpty() ? Set.of(Scorer.SINGLE_TASK) : labels.keySet())
        .forEach(
            (task, built) -> {
              // A run that is killed and started again has to draw what it would have drawn.
              LossObjective objective = built.seeded(hparams.seed());
              settings.loss(
                  task, new TaskLoss(objective, hparams.lossWeight(task), labels.get(task)));
            });
    return settings.build();
  }

  /** What a resumed training may not change. */
  private SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    PerTask<String> losses = hparams.loss().map(LossText::shortest);
    if (losses.common() != null) {
      identity.put(ModelIdentity.LOSS, losses.common());
    }
    losses.byTask().forEach((task, loss) -> identity.put(ModelIdentity.LOSS + " of " + task, loss));
    identity.put("loss_reduction", hparams.lossReduction().wireName());
    identity.put("optimizer", hparams.optimizer().render());
    identity.put("seed", Long.toString(hparams.seed()));
    if (hparams.stepsPerEpoch() != null) {
      identity.put("steps_per_epoch", Long.toString(hparams.stepsPerEpoch()));
    }
    return identity;
  }
}
