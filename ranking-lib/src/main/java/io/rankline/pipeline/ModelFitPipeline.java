package io.rankline.pipeline;

import io.rankline.feature.profile.InputProfile;
import io.rankline.io.Folder;
import io.rankline.io.Lease;
import io.rankline.io.Storage;
import io.rankline.io.WriteQueue;
import io.rankline.loss.LossObjective;
import io.rankline.metric.RankingMetric;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.BestModel;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.History;
import io.rankline.pipeline.callback.LogProgress;
import io.rankline.pipeline.callback.Monitor;
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
import org.jspecify.annotations.Nullable;

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
  private final List<Callback> watching = new ArrayList<>();
  private List<Reference> references = List.of();
  private @Nullable String queryFeature;
  private @Nullable InputProfile profile;

  /**
   * A pipeline.
   *
   * @throws IllegalArgumentException for a strategy that is not there, or a metric that is said to
   *     be better the other way round
   */
  protected ModelFitPipeline(
      AbstractModelBuilder modelBuilder,
      AbstractDatasetBuilder datasetBuilder,
      PipelineHparams hparams) {
    Strategies.require(hparams.strategy());
    Measures.requireDirection(hparams);
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
    List<Callback> callbacks = new ArrayList<>(List.of(new TensorBoard(), new History(), progress));
    callbacks.addAll(RunCallbacks.asked(hparams, measures()));
    return callbacks;
  }

  /**
   * The value that says which epoch is best.
   *
   * @throws IllegalArgumentException if the hyperparameters name one that cannot be measured
   */
  public final Monitor monitor() {
    return measures().best();
  }

  /**
   * The names of the values that each epoch will have, with tasks as far as labels or losses name
   * them.
   *
   * @throws IllegalArgumentException as {@link #monitor}
   */
  public final List<String> measured() {
    return measures().names(plan().byTask(buildLoss()).keySet());
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

  /**
   * Refuses data and settings other than those of the checkpoints in model_dir, where there are
   * some, unless they are allowed to change. {@link #trainAndValidate} does so, too.
   *
   * @throws IOException saying what has changed
   */
  public final void requireUnchanged() throws IOException {
    ModelDir modelDir = ModelDir.in(storage().folder(hparams.modelDir()));
    if (modelDir.hasCheckpoints()) {
      TrainedOn.of(datasetBuilder.fingerprint(), hparams, measures())
          .changes(modelDir.folder(), hparams.allowChanges());
    }
  }

  @Override
  public TrainingResult trainAndValidate() throws IOException {
    Measures measures = measures();
    Folder folder = storage().folder(hparams.modelDir());
    folder.requireWritable("model_dir");
    try (Lease lease = Lease.take(folder, "model_dir");
        WriteQueue writes = new WriteQueue()) {
      return trainAndValidate(ModelDir.in(folder.through(writes)), lease, measures);
    }
  }

  private TrainingResult trainAndValidate(ModelDir modelDir, Lease lease, Measures measures)
      throws IOException {
    TrainedOn data = TrainedOn.of(datasetBuilder.fingerprint(), hparams, measures);
    List<String> changes = List.of();
    if (modelDir.hasCheckpoints()) {
      changes = data.goOn(modelDir.folder(), hparams.allowChanges());
    } else {
      data.begin(modelDir.folder());
    }
    RankingDataset validation = measures.usable(datasetBuilder);
    TrainingStudy studies =
        new TrainingStudy(
            datasetBuilder, measures.metrics(), hparams, references, storage(), queryFeature);
    studies.requireEarlier();
    profile = TrainingExport.profile(datasetBuilder);
    AbstractModelBuilder fitted = TransformFitting.fit(modelBuilder, datasetBuilder);
    RankingModel built = fitted.build(plan().settings(hparams, buildLoss()));
    Checkpoints checkpoints =
        new Checkpoints(
            modelDir.checkpoints(),
            ModelIdentity.of(built.graph(), TrainingPlan.identity(hparams)));
    String warm = hparams.warmStart();
    RankingModel model =
        new StartModel(!modelBuilder.isFitted())
            .of(
                built,
                modelDir,
                warm == null ? null : storage().folder(warm),
                start -> buildExport(start, Map.of()));
    TrainingEnd end =
        new TrainingEnd(
            modelDir, datasetBuilder, validation, measures.metrics(), studies, this::buildExport);
    BestModel best =
        new BestModel(
            measures.best(), (run, epoch) -> modelDir.keep(buildExport(run.model(), epoch.logs())));
    RunCallbacks callbacks =
        new RunCallbacks(
            hparams.exportBestModel() ? best : null,
            buildCallbacks(),
            new LeaseCheck(lease),
            watching);
    callbacks.requireMeasured(measures, built.tasks().keySet());
    try (TrainingSession session =
        Strategies.open(new SessionRequest(model, datasetBuilder, hparams))) {
      TrainingLoop loop =
          new TrainingLoop(
              model,
              modelDir.folder(),
              hparams,
              session,
              validation,
              measures,
              callbacks.all(),
              checkpoints,
              changes);
      loop.run();
      return end.finish(
          loop,
          session,
          History.read(modelDir.folder()),
          callbacks.bestEpoch(),
          TrainingReport.builder(model.name())
              .monitor(measures.best())
              .configuration(configuration()));
    } finally {
      callbacks.close();
    }
  }

  /**
   * The model as a training would begin with it, with fresh parameters, ready to be exported. Reads
   * the training data where transforms are fitted to it.
   *
   * @throws IOException if the data cannot be read
   */
  public final ModelExport untrained() throws IOException {
    AbstractModelBuilder fitted = TransformFitting.fit(modelBuilder, datasetBuilder);
    return buildExport(fitted.build(plan().settings(hparams, buildLoss())), Map.of());
  }

  /**
   * How a model is exported: with the features of the data set, what they look like, and what the
   * epoch measured.
   *
   * @param logs of the epoch the model is of
   */
  protected ModelExport buildExport(RankingModel model, Map<String, Double> logs) {
    return new TrainingExport(datasetBuilder, configuration(), profile).of(model, logs);
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

  /** Has a callback called after all others, which keeps nothing in checkpoints. */
  public final ModelFitPipeline withCallback(Callback callback) {
    watching.add(callback);
    return this;
  }

  /** Holds a model of one task against something else too, in the report and the result. */
  public final ModelFitPipeline withReference(Reference reference) {
    references = List.of(reference);
    return this;
  }

  /** Names queries in the report by a feature of the context, which the model need not read. */
  public final ModelFitPipeline withQueryFeature(String name) {
    queryFeature = name;
    return this;
  }

  private TrainingPlan plan() {
    return new TrainingPlan(datasetBuilder.labelsByTask());
  }

  private Measures measures() {
    return Measures.of(
        hparams, buildMetrics(), hparams.useWeightedMetrics() ? buildWeightedMetrics() : List.of());
  }
}
