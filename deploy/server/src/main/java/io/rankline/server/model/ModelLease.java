package io.rankline.server.model;

import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.Signatures;
import java.util.List;
import java.util.SortedMap;

/**
 * A version in use. It stays loaded until the lease is closed, also when a newer one has taken its
 * place.
 */
public final class ModelLease implements AutoCloseable {

  private final ModelVersion version;
  private final SavedRankingModel model;
  private final ListScorer scorer;

  ModelLease(ModelVersion version, SavedRankingModel model, ListScorer scorer) {
    this.version = version;
    this.model = model;
    this.scorer = scorer;
  }

  /** The model. */
  public SavedRankingModel model() {
    return model;
  }

  /** Its signatures, whose lists may be scored in one batch with those of other requests. */
  public Signatures signatures() {
    return model.signatures(scorer);
  }

  /** Scores of a list by task, perhaps in one batch with lists of other requests. */
  public SortedMap<String, float[]> scores(RankingList list) {
    return scorer.scores(List.of(list)).get(0);
  }

  /** Its version. */
  public long version() {
    return version.number();
  }

  @Override
  public void close() {
    version.released();
  }
}
