package io.rankline.serving;

import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.Combine;
import io.rankline.model.ListScorer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Scorers in plain Java of stored models: of a network, or of the members of an ensemble. */
final class PlainScorers {

  private PlainScorers() {}

  /**
   * A scorer of what was read.
   *
   * @throws SavedModelException if a network has layers that only DL4J knows
   */
  static RankingScorer of(StoredModel stored) throws IOException {
    if (stored instanceof StoredEnsemble ensemble) {
      List<RankingScorer> members = new ArrayList<>();
      for (StoredNetwork member : ensemble.members()) {
        members.add(of(member));
      }
      Combine combine = ensemble.text().ensemble().combine();
      return new RankingScorer(
          stored.content(), new EnsembleScorer(members, combine), stored.versions());
    }
    StoredNetwork network = (StoredNetwork) stored;
    try {
      ListScorer own = network.scorer(null);
      StoredModel base = network.base();
      ListScorer scorer = base == null ? own : new OnBaseScorer(of(base), own);
      return new RankingScorer(network.content(), scorer, network.versions());
    } catch (UnknownLayerException e) {
      throw new SavedModelException(
          "%s/%s: %s; load it with SavedRankingModel"
              .formatted(network.path(), StoredModel.NETWORK_FILE, e.getMessage()),
          e);
    }
  }
}
