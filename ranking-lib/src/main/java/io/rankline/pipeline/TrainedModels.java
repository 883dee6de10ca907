package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.model.ModelDescription;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.History;
import io.rankline.pipeline.checkpoint.Checkpoint;
import io.rankline.pipeline.checkpoint.Checkpoints;
import io.rankline.pipeline.checkpoint.ModelIdentity;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The models that a training has left in its model_dir so far, also where it has not ended, or
 * failed.
 */
public final class TrainedModels {

  static final String CHECKPOINTS = "checkpoints";
  static final String BEST = "best";
  static final String EXPORTS = "export";
  static final String LATEST_EXPORT = "latest_model";
  static final String BEST_EXPORT = "best_model_by_metric";

  /**
   * The model as training began: what a checkpoint, which is a network and numbers, lacks to be a
   * model.
   */
  static final String START = "start";

  private final Folder modelDir;

  private TrainedModels(Folder modelDir) {
    this.modelDir = modelDir;
  }

  /**
   * A model and where it was found.
   *
   * @param place its folder
   * @param model the model
   */
  public record Found(String place, SavedRankingModel model) {}

  /** The models in that folder. */
  public static TrainedModels in(Folder modelDir) {
    return new TrainedModels(modelDir);
  }

  /**
   * The model that a folder stands for: itself if it is an export; of a model_dir the best model,
   * the latest one, or its newest checkpoint, whichever there is first.
   *
   * @throws IOException if it holds none of them
   */
  public static Found of(Folder folder) throws IOException {
    if (SavedRankingModel.isIn(folder)) {
      return new Found(folder.path(), SavedRankingModel.load(folder));
    }
    TrainedModels models = in(folder);
    Optional<Found> found = models.best();
    if (found.isEmpty()) {
      found = models.latest();
    }
    if (found.isEmpty()) {
      found = models.checkpoint();
    }
    if (found.isPresent()) {
      return found.get();
    }
    throw new IOException(
        "%s holds no model: neither an export, nor best/, export/ or checkpoints/ of a training"
            .formatted(folder.path()));
  }

  /** The best model so far; empty where none was kept. */
  public Optional<Found> best() throws IOException {
    Optional<Found> kept = load(modelDir.folder(BEST));
    return kept.isPresent() ? kept : load(modelDir.folder(EXPORTS).folder(BEST_EXPORT));
  }

  /** The model of the last epoch; empty until the training has ended. */
  public Optional<Found> latest() throws IOException {
    return load(modelDir.folder(EXPORTS).folder(LATEST_EXPORT));
  }

  /**
   * The model of the newest checkpoint that is whole; empty where there is none. Its metrics are
   * those of its epoch, where it ends one.
   *
   * @throws IOException if checkpoints are damaged, or no folder {@code start} says what they are
   *     of
   */
  public Optional<Found> checkpoint() throws IOException {
    Folder checkpoints = modelDir.folder(CHECKPOINTS);
    Optional<Checkpoint> newest = Checkpoints.newestOf(checkpoints);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint checkpoint = newest.get();
    SavedRankingModel start = SavedRankingModel.load(modelDir.folder(START));
    List<String> differences =
        ModelIdentity.ofScores(start.model().graph())
            .differences(ModelIdentity.ofScores(checkpoint.network()));
    if (!differences.isEmpty()) {
      throw new IOException(
          "%s and %s are of two models: %s"
              .formatted(
                  checkpoints.path(),
                  modelDir.folder(START).path(),
                  String.join("; ", differences)));
    }
    ModelExport.Builder export =
        ModelExport.builder(
                ModelDescription.of(start.model()).around(checkpoint.network()), start.records())
            .configuration(start.configuration());
    if (checkpoint.state().stepOfEpoch() == 0) {
      for (EpochResult epoch : History.read(modelDir)) {
        if (epoch.epoch() == checkpoint.state().epoch()) {
          epoch.logs().forEach(export::metric);
        }
      }
    }
    return Optional.of(
        new Found(
            checkpoints.folder(checkpoint.name()).path(), SavedRankingModel.of(export.build())));
  }

  private static Optional<Found> load(Folder folder) throws IOException {
    return SavedRankingModel.isIn(folder)
        ? Optional.of(new Found(folder.path(), SavedRankingModel.load(folder)))
        : Optional.empty();
  }
}
