package io.rankline.serving;

import io.rankline.frozen.compiled.CompiledTowers;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.Combine;
import io.rankline.model.ListScorer;
import io.rankline.model.NetworkFile;
import io.rankline.model.RankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A ranking model to score with: exported, loaded, or straight from training.
 *
 * <p>An export is a folder: {@code network.zip} (DL4J's), {@code ranking_model.json} (everything
 * else), {@code assets/} (vocabularies). It needs nothing else to be loaded, and no Spark. That of
 * an ensemble has a {@code ranking_model.json}, and the exports of its members in {@code
 * members/1}, {@code members/2} and so on.
 *
 * <p>The same item gets the same bits from the model in training and from its export, in a list and
 * by itself if the scorer looks at single items. All items of a list are scored, also beyond the
 * list_size of training; an empty list has no scores.
 *
 * <p>Safe for use by several threads, which do not wait for each other unless the network has
 * layers of its own.
 */
public final class SavedRankingModel extends RankingScorer {

  /** The file by which an exported model is known; it is written after all others. */
  public static final String FILE = StoredModel.MODEL_FILE;

  /** What the model is read from when it is asked for; it holds the bytes of the network. */
  private @Nullable StoredNetwork stored;

  private @Nullable RankingModel model;

  private final @Nullable BaseModel base;

  private SavedRankingModel(
      ExportContent content,
      SortedMap<String, String> versions,
      ListScorer scorer,
      @Nullable StoredNetwork stored,
      @Nullable RankingModel model,
      @Nullable BaseModel base) {
    super(content, base == null ? scorer : new OnBaseScorer(base.scorer(), scorer), versions);
    this.stored = stored;
    this.model = model;
    this.base = base;
  }

  /**
   * The model as its export will score, with its network as it is now. A network with layers of its
   * own is shared: it must not be trained while scores are asked for.
   */
  public static SavedRankingModel of(ModelExport export) {
    RankingModel model = export.model();
    return new SavedRankingModel(
        export.content(), Versions.current(), model.scorer(), null, model, export.base());
  }

  /**
   * The model that exported models become as members of one, as its export will score.
   *
   * @throws SavedModelException if a member is damaged, or an ensemble itself
   * @throws IllegalArgumentException for members that do not go together; names two of them
   */
  public static SavedRankingModel of(EnsembleExport export) throws IOException {
    return of(EnsembleFolder.read(export), null);
  }

  /**
   * Exports a model, in place of one that the folder holds. Whoever reads meanwhile, or after a
   * crash, finds the old one or the new one.
   *
   * @throws IOException if it cannot be written; what was there before is kept
   * @throws IllegalArgumentException for a model with parts that have no text form
   */
  public static void save(Folder target, ModelExport export) throws IOException {
    SavedModelFolder.write(target, export);
  }

  /**
   * Writes exported models as the members of one, in place of what the folder holds, as {@link
   * #save(Folder, ModelExport)}.
   *
   * @throws SavedModelException if a member is damaged, or an ensemble itself
   * @throws IllegalArgumentException for members that do not go together; names two of them
   * @throws IOException if it cannot be written; what was there before is kept
   */
  public static void save(Folder target, EnsembleExport export) throws IOException {
    EnsembleFolder.write(target, export);
  }

  /**
   * Loads an exported model. DL4J is needed for networks with layers of their own, and for {@link
   * #model}.
   *
   * @throws SavedModelException if there is none, it is damaged, or of a newer format; names the
   *     file and the way out
   */
  public static SavedRankingModel load(Folder folder) throws IOException {
    Folder whole = SavedModelFolder.whole(folder);
    return of(StoredModel.read(new FolderFiles(whole)), whole.folder(BaseModel.FOLDER));
  }

  /**
   * A model that was read.
   *
   * @param ofBase where its base lies if it has one; null for what is not exported again
   */
  private static SavedRankingModel of(StoredModel stored, @Nullable Folder ofBase)
      throws IOException {
    if (stored instanceof StoredEnsemble ensemble) {
      List<SavedRankingModel> members = new ArrayList<>();
      for (StoredNetwork member : ensemble.members()) {
        members.add(of(member, null));
      }
      Combine combine = ensemble.text().ensemble().combine();
      return new SavedRankingModel(
          stored.content(),
          stored.versions(),
          new EnsembleScorer(members, combine),
          null,
          null,
          null);
    }
    StoredNetwork network = (StoredNetwork) stored;
    StoredModel corrected = network.base();
    BaseModel base = corrected == null ? null : BaseModel.of(ofBase, of(corrected, null));
    try {
      ListScorer scorer = network.scorer(CompiledTowers.find().orElse(null));
      return new SavedRankingModel(
          network.content(), network.versions(), scorer, network, null, base);
    } catch (UnknownLayerException e) {
      RankingModel model = read(network);
      return new SavedRankingModel(
          network.content(), network.versions(), model.networkScorer(), null, model, base);
    }
  }

  /**
   * The model whose scores its network adds to; empty where there is none. {@link #model} and
   * {@link #description} are of the network, which reads these scores as a feature.
   */
  public Optional<BaseModel> base() {
    return Optional.ofNullable(base);
  }

  /** Whether a folder holds an exported model. */
  public static boolean isIn(Folder folder) throws IOException {
    return SavedModelFolder.isIn(folder);
  }

  /** Loads the model of a folder on any storage that is reached from the class path. */
  public static SavedRankingModel load(String path) throws IOException {
    return load(Storage.ofClassPath().folder(path));
  }

  /**
   * The model with its network, for training on or for looking into it. What is trained has no
   * influence on scores, unless the network has layers of its own.
   *
   * @throws UncheckedIOException if DL4J cannot read the network
   * @throws IllegalStateException for an ensemble, which has several networks
   */
  public synchronized RankingModel model() {
    requireOneNetwork();
    RankingModel known = model;
    if (known == null) {
      try {
        known = read(Objects.requireNonNull(stored));
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
      model = known;
      stored = null;
    }
    return known;
  }

  /**
   * The layers of its network, batch norm folded into them, for those who write it down for another
   * engine. DL4J is not needed for a model that was loaded.
   *
   * @throws UnknownLayerException for a network with layers of its own, for an ensemble, and for a
   *     network on a base
   */
  public synchronized Plan layers() throws IOException {
    if (!members().isEmpty()) {
      throw new UnknownLayerException(
          "'%s' is an ensemble of %s models and has no layers of its own"
              .formatted(name(), members().size()));
    }
    if (base != null) {
      throw new UnknownLayerException(
          "'%s' adds to the scores of a base, '%s', and its layers are not all of it"
              .formatted(name(), base.scorer().name()));
    }
    RankingModel known = model;
    return known == null ? Objects.requireNonNull(stored).layers() : known.layers();
  }

  private static RankingModel read(StoredNetwork stored) throws IOException {
    try {
      return RankingModel.of(stored.text().model(), NetworkFile.read(stored.network()));
    } catch (IOException e) {
      throw stored.unreadable(e);
    } catch (IllegalArgumentException e) {
      throw stored.contradiction(e);
    }
  }
}
