package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import java.util.SortedMap;

/**
 * TF-Ranking's {@code UnivariateScorer}, for scorers of one's own: it looks at each item by itself,
 * at its features and those of its context. Only {@link #scoreFlattened} has to be written.
 */
public abstract class UnivariateScorer implements Scorer {

  private static final long serialVersionUID = 1;

  @Override
  public final SortedMap<String, Node> score(ModelGraph graph) {
    return scoreFlattened(graph, graph.rows());
  }

  @Override
  public final ScoringScope scope() {
    return ScoringScope.ITEM;
  }

  /**
   * Adds the scorer to the graph.
   *
   * @param rows all features of every item, [N, C + F]: context features sorted by name, then
   *     example features sorted by name
   * @return logits of each task by its name, [N, M]
   */
  protected abstract SortedMap<String, Node> scoreFlattened(ModelGraph graph, Node rows);
}
