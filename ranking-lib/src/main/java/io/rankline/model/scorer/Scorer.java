package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import java.io.Serializable;
import java.util.SortedMap;

/**
 * The part of a model that makes scores of features.
 *
 * <p>A scorer adds layers and vertices to a graph. It sees rows: the items of all lists, one after
 * the other, without padding.
 */
public interface Scorer extends Serializable {

  /** The task of a scorer that has but one. */
  String SINGLE_TASK = "score";

  /**
   * Adds the scorer to the graph.
   *
   * @return the logits of each task by its name, rows [N, M] of items; M is 1 but for losses that
   *     ask for more
   */
  SortedMap<String, Node> score(ModelGraph graph);

  /** What a score depends on; the whole list where a scorer does not say otherwise. */
  default ScoringScope scope() {
    return ScoringScope.LIST;
  }
}
