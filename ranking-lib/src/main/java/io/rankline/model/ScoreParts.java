package io.rankline.model;

import java.util.List;

/**
 * What each example feature adds to the scores of a list, by a generalised additive model: a score
 * is the sum of its parts, but for rounding.
 *
 * @param features names of the example features, n of them, sorted
 * @param scores of the items, [N]; the same bits as without parts
 * @param parts what each feature adds, [N, n], weighed by the context where there is one
 */
public record ScoreParts(List<String> features, float[] scores, float[] parts) {

  /** Copies the names. */
  public ScoreParts {
    features = List.copyOf(features);
  }

  /** What a feature adds to the score of an item. */
  public float part(int item, int feature) {
    return parts[item * features.size() + feature];
  }
}
