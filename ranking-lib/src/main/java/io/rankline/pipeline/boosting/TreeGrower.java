package io.rankline.pipeline.boosting;

import io.rankline.model.scorer.LambdaMartScorer;
import java.util.Iterator;
import java.util.ServiceLoader;

/** A library of boosted trees; found by {@link ServiceLoader}. */
public interface TreeGrower {

  /** Takes data in, to grow trees on it. */
  TreeGrowth begin(BoostingRows rows, LambdaMartScorer options);

  /**
   * The library on the class path.
   *
   * @throws IllegalStateException where there is none; names the jars
   */
  static TreeGrower find() {
    Iterator<TreeGrower> found = ServiceLoader.load(TreeGrower.class).iterator();
    if (!found.hasNext()) {
      throw new IllegalStateException(
          "scorer lambdamart is trained by XGBoost, which is not on the class path: set"
              + " RANKLINE_TREES=true for deploy/local/rankline, or put rankline's ranking-trees"
              + " jar and ml.dmlc:xgboost4j_2.12 there (spark-submit --jars). Models that are"
              + " trained need neither");
    }
    return found.next();
  }
}
