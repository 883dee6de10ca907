package io.rankline.spark.promotion;

import io.rankline.feature.profile.FeatureDrift;
import java.util.List;

/**
 * Whether a candidate takes the place of the model that serves, and why.
 *
 * @param candidate folder of the candidate
 * @param serving folder of the model that serves; empty where none does
 * @param data the files that both were compared on
 * @param metric the name of the metric
 * @param reasons why not, a sentence each; none if it is promoted
 * @param remarks what else is to be known
 * @param results on all queries first, then on slices; none where no model serves
 * @param drift of the data's features from the candidate's training data, the farthest first
 */
public record PromotionDecision(
    String candidate,
    String serving,
    String data,
    String metric,
    List<String> reasons,
    List<String> remarks,
    List<SliceResult> results,
    List<FeatureDrift> drift) {

  public PromotionDecision {
    reasons = List.copyOf(reasons);
    remarks = List.copyOf(remarks);
    results = List.copyOf(results);
    drift = List.copyOf(drift);
  }

  /** Whether the candidate is to be promoted. */
  public boolean isPromoted() {
    return reasons.isEmpty();
  }
}
