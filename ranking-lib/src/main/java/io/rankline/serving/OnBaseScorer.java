package io.rankline.serving;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import io.rankline.model.input.EncodedInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores lists with a network that is given the scores of another model, and adds to them.
 *
 * @param base whose scores they are
 * @param network reads them as a feature
 */
record OnBaseScorer(RankingScorer base, ListScorer network) implements ListScorer {

  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    return network.scores(wider(base, raw));
  }

  /** Lists with the score of each item behind their features. */
  @SuppressWarnings("ReferenceEquality") // an equal layout is made anew, and no harm is done
  static List<RankingList> wider(RankingScorer base, List<RankingList> raw) {
    List<SortedMap<String, float[]>> scores = base.predictAll(raw);
    List<RankingList> wider = new ArrayList<>(raw.size());
    @Nullable ListLayout from = null;
    ListLayout to = null;
    for (int q = 0; q < raw.size(); q++) {
      RankingList list = raw.get(q);
      if (to == null || from != list.layout()) {
        from = list.layout();
        to = from.withExample(EncodedInputs.BASE_SCORE);
      }
      wider.add(list.withExample(to, scores.get(q).values().iterator().next()));
    }
    return wider;
  }
}
