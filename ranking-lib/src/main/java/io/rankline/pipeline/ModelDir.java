package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.model.RankingModel;
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
 * The model_dir of a training: the models that it has left there so far, also where it has not
 * ended, or failed.
 */
public final class ModelDir {

  private static final String CHECKPOINTS = "checkpoints";
  private static final String BEST = "best";

  /**
   * The model as training began: what a checkpoint, which is a network and numbers, lacks to be a
   * model.
   */
  private static final String START = "start";

  private final Folder folder;

  private ModelDir(Folder folder) {
    this.folder = folder;
  }

  /**
   * A model and where it was found.
   *
   * @param place its folder
   * @param model the model
   */
  public record Found(String place, SavedRankingModel model) {

    /**
     * The model with its one network.
     *
     * @param key that names it, for the message
     * @throws IOException for an ensemble
     */
    RankingModel network(String key) throws IOException {
      if (!model.members().isEmpty()) {
        throw new IOException(
            "%s %s is an ensemble of %s models, and one is needed; name one of its members, %s/members/1"
                .formatted(key, place, model.members().size(), place));
      }
      return model.model();
    }
  }

  /** The models in that folder. */
  public static ModelDir in(Folder folder) {
    return new ModelDir(folder);
  }

  Folder folder() {
    return folder;
  }

  Folder checkpoints() {
    return folder.folder(CHECKPOINTS);
  }

  /** Whether a training has left a checkpoint, whole or not. */
  boolean hasCheckpoints() throws IOException {
    return Checkpoints.areIn(checkpoints());
  }

  /** The model as training began; empty where the folder is of no training. */
  Optional<SavedRankingModel> start() throws IOException {
    return load(folder.folder(START)).map(Found::model);
  }

  void saveStart(ModelExport export) throws IOException {
    SavedRankingModel.save(folder.folder(START), export);
  }

  /** Keeps a model as the best so far. */
  void keep(ModelExport export) throws IOException {
    SavedRankingModel.save(folder.folder(BEST), export);
  }

  /**
   * The model that was kept as the best so far.
   *
   * @throws IOException if there is none
   */
  SavedRankingModel kept() throws IOException {
    return SavedRankingModel.load(folder.folder(BEST));
  }

  /** Exports a model; returns the path. */
  String export(ExportName name, ModelExport export) throws IOException {
    Folder target = name.in(folder);
    SavedRankingModel.save(target, export);
    return target.path();
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
    ModelDir models = in(folder);
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
    Optional<Found> kept = load(folder.folder(BEST));
    return kept.isPresent() ? kept : load(ExportName.BEST.in(folder));
  }

  /** The model of the last epoch; empty until the training has ended. */
  public Optional<Found> latest() throws IOException {
    return load(ExportName.LATEST.in(folder));
  }

  /**
   * The model of the newest checkpoint that is whole; empty where there is none. Its metrics are
   * those of its epoch, where it ends one.
   *
   * @throws IOException if checkpoints are damaged, or no folder {@code start} says what they are
   *     of
   */
  public Optional<Found> checkpoint() throws IOException {
    Folder checkpoints = folder.folder(CHECKPOINTS);
    Optional<Checkpoint> newest = Checkpoints.newestOf(checkpoints);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint checkpoint = newest.get();
    SavedRankingModel start = SavedRankingModel.load(folder.folder(START));
    List<String> differences =
        ModelIdentity.ofScores(start.model().graph())
            .differences(ModelIdentity.ofScores(checkpoint.network()));
    if (!differences.isEmpty()) {
      throw new IOException(
          "%s and %s are of two models: %s"
              .formatted(
                  checkpoints.path(), folder.folder(START).path(), String.join("; ", differences)));
    }
    ModelExport.Builder export =
        ModelExport.builder(
                RankingModel.of(start.model().description(), checkpoint.network()), start.records())
            .configuration(start.configuration());
    start.data().ifPresent(export::data);
    start.profile().ifPresent(export::profile);
    start.base().ifPresent(export::base);
    if (checkpoint.state().stepOfEpoch() == 0) {
      for (EpochResult epoch : History.read(folder)) {
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
