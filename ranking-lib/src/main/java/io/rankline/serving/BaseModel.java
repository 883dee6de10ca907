package io.rankline.serving;

import io.rankline.data.RankingList;
import io.rankline.io.Folder;
import io.rankline.text.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exported model whose scores another model's network corrects: what it is exported with stands
 * in the folder {@code base} of that one's export.
 *
 * <p>Safe for use by several threads.
 */
public final class BaseModel {

  /** The folder in an export. */
  static final String FOLDER = "base";

  private final @Nullable Folder folder;
  private final RankingScorer scorer;
  private @Nullable Map<String, byte[]> files;

  private BaseModel(@Nullable Folder folder, RankingScorer scorer) {
    this.folder = folder;
    this.scorer = scorer;
  }

  /**
   * The model of a folder.
   *
   * @throws SavedModelException if there is none, it is damaged, or it has no single score an item
   */
  public static BaseModel load(Folder asked) throws IOException {
    Folder whole = SavedModelFolder.whole(asked);
    return new BaseModel(whole, checked(whole.path(), SavedRankingModel.load(whole)));
  }

  /**
   * One that has been loaded.
   *
   * @param folder null for one that is not exported again
   */
  static BaseModel of(@Nullable Folder folder, RankingScorer scorer) {
    return new BaseModel(folder, scorer);
  }

  private static RankingScorer checked(String path, RankingScorer scorer)
      throws SavedModelException {
    if (scorer.tasks().size() != 1) {
      throw new SavedModelException(
          "the base %s must have one task, got %s".formatted(path, scorer.tasks()), null);
    }
    int outputs = scorer.outputsOf(scorer.tasks().iterator().next());
    if (outputs != 1) {
      throw new SavedModelException(
          "the base %s must have one score an item, got %s".formatted(path, outputs), null);
    }
    return scorer;
  }

  /**
   * Its files, read once: each export that it becomes a part of has those that the first one had.
   */
  synchronized Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> known = files;
    if (known == null) {
      known = ExportFiles.of(Objects.requireNonNull(folder));
      files = known;
    }
    return known;
  }

  /** What tells it from other models: the SHA-256 of its model file. */
  public String digest() throws IOException {
    byte[] known = files().get(StoredModel.MODEL_FILE);
    if (known == null) {
      throw new FileNotFoundException(
          Objects.requireNonNull(folder).path() + " holds no model any more");
    }
    return Sha256.of(known);
  }

  /** What it scores with. */
  public RankingScorer scorer() {
    return scorer;
  }

  /** A list with the score of each item behind its features. */
  public RankingList onBase(RankingList raw) {
    return OnBaseScorer.wider(scorer, List.of(raw)).get(0);
  }
}
