package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.loss.LossObjective;
import io.rankline.metric.RankingMetric;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.pipeline.callback.BestModel;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.EarlyStopping;
import io.rankline.pipeline.callback.History;
import io.rankline.pipeline.callback.LogProgress;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.callback.ReduceLrOnPlateau;
import io.rankline.pipeline.callback.TensorBoard;
import io.rankline.pipeline.checkpoint.Checkpoints;
import io.rankline.pipeline.checkpoint.ModelIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trains a model epoch by epoch, with validation, checkpoints, the best model, curves and exports.
 *
 * <p>Subclasses say what is minimised and measured, and may replace callbacks or the export. A run
 * that is killed and started again goes on from its last checkpoint and ends as if it had never
 * been interrupted.
 */
public abstract class ModelFitPipeline extends AbstractPipeline {

  /** NDCG at 1, 5, 10 and over the whole list. */
  protected static final List<RankingMetric> DEFAULT_METRICS =
      RankingMetric.parseAll("ndcg@1,ndcg@5,ndcg@10,ndcg");

  private final AbstractModelBuilder modelBuilder;
  private final AbstractDatasetBuilder datasetBuilder;
  private final PipelineHparams hparams;

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

  /** Where artefacts go: what the configuration on the class path reaches. */
  protected Storage storage() {
    return Storage.ofClassPath();
  }

  /** The losses of the hyperparameters under their reduction. */
  protected final SortedMap<String, LossObjective> parsedLosses() {
    SortedMap<String, LossObjective> losses = new TreeMap<>();
    hparams
        .loss()
        .forEach(
            (task, text) ->
                losses.put(
                    task, LossObjective.parse(text).withReduction(hparams.lossReduction())));
    return losses;
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
    callbacks.add(new LogProgress());
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

  @Override
  public TrainingResult trainAndValidate() throws IOException {
    Folder modelDir = storage().folder(hparams.modelDir());
    modelDir.requireWritable();
    RankingDataset validation = datasetBuilder.buildValidDataset();
    AbstractModelBuilder fitted = ModelFitting.fit(modelBuilder, datasetBuilder);
    RankingModel model = fitted.build(settings());
    List<Callback> callbacks = new ArrayList<>();
    ModelFiles files = new ModelFiles(modelDir, datasetBuilder.recordSpec(), this::exportOf);
    BestModel best = new BestModel(monitor(), (run, epoch) -> files.saveBest(run.model()));
    if (hparams.exportBestModel()) {
      callbacks.add(best);
    }
    callbacks.addAll(buildCallbacks());
    Checkpoints checkpoints =
        new Checkpoints(
            modelDir.folder("checkpoints"), ModelIdentity.of(model.graph(), identity()));
    try (TrainingSession session =
        Strategies.open(new SessionRequest(model, datasetBuilder, hparams))) {
      TrainingLoop loop =
          new TrainingLoop(
              model,
              modelDir,
              hparams,
              session,
              validation,
              buildMetrics(),
              hparams.useWeightedMetrics() ? buildWeightedMetrics() : List.of(),
              callbacks,
              checkpoints);
      loop.run();
      return files.finish(
          loop, hparams.exportBestModel() ? best.bestEpoch() : OptionalInt.empty());
    } finally {
      for (Callback callback : callbacks) {
        callback.close();
      }
    }
  }
}
