package io.rankline.trees;

import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.boosting.TreeGrowth;

/** Grows trees with XGBoost, on the processors of this process. */
public final class XgboostGrower implements TreeGrower {

  /** For {@link java.util.ServiceLoader}. */
  public XgboostGrower() {}

  @Override
  public TreeGrowth begin(BoostingRows rows, LambdaMartScorer options) {
    return new XgboostGrowth(rows, options);
  }
}
