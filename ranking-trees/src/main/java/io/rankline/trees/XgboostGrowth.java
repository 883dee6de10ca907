package io.rankline.trees;

import io.rankline.frozen.step.TreeCode;
import io.rankline.model.scorer.BoostingObjective;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.TreeGrowth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees that XGBoost grows. Each call is a booster of its own that begins with the scores so far,
 * so it depends on nothing else that was grown before. The matrix keeps, from the first call on,
 * into which bins values fall.
 */
final class XgboostGrowth implements TreeGrowth {

  private final LambdaMartScorer options;
  private final int threads;
  private final DMatrix matrix;

  /**
   * Trees on rows.
   *
   * @param threads that compute
   */
  XgboostGrowth(BoostingRows rows, LambdaMartScorer options, int threads) {
    this.options = options;
    this.threads = threads;
    try {
      matrix = new DMatrix(rows.values(), rows.items(), rows.width(), Float.NaN);
      matrix.setLabel(rows.labels());
      int[] sizes = new int[rows.lists()];
      Arrays.setAll(sizes, q -> rows.starts()[q + 1] - rows.starts()[q]);
      matrix.setGroup(sizes);
      if (rows.weights().length > 0) {
        matrix.setWeight(rows.weights());
      }
    } catch (XGBoostError e) {
      throw Native.refused(e);
    }
  }

  @Override
  public float[] grow(float[] scores, int rounds, double eta, long seed) {
    TreeCode code = new TreeCode(options.maxDepth());
    try {
      matrix.setBaseMargin(scores);
      Booster booster = XGBoost.train(matrix, parameters(eta, seed), rounds, Map.of(), null, null);
      try {
        String[] dump = booster.getModelDump((String) null, false, "json");
        float[] trees = new float[rounds * code.length()];
        for (int t = 0; t < dump.length; t++) {
          float[] tree = TreeDump.read(dump[t], code);
          System.arraycopy(tree, 0, trees, t * tree.length, tree.length);
        }
        return trees;
      } finally {
        booster.dispose();
      }
    } catch (XGBoostError e) {
      throw Native.refused(e);
    }
  }

  @Override
  public void close() {
    matrix.dispose();
  }

  private Map<String, Object> parameters(double eta, long seed) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("booster", "gbtree");
    parameters.put("tree_method", "hist");
    parameters.put("base_score", 0);
    parameters.put("nthread", threads);
    parameters.put("verbosity", 1);
    parameters.put("seed", Math.floorMod(seed, Integer.MAX_VALUE));
    parameters.put("eta", eta);
    parameters.put("max_depth", options.maxDepth());
    parameters.put("min_child_weight", options.minChildWeight());
    parameters.put("gamma", options.gamma());
    parameters.put("subsample", options.subsample());
    parameters.put("colsample_bytree", options.colsampleBytree());
    parameters.put("lambda", options.lambda());
    parameters.put("alpha", options.alpha());
    parameters.put("max_bin", options.maxBin());
    parameters.put("objective", "rank:" + options.objective().wireName());
    parameters.put("lambdarank_pair_method", options.lambdarankPairMethod().wireName());
    parameters.put("lambdarank_num_pair_per_sample", options.lambdarankNumPairPerSample());
    parameters.put("lambdarank_normalization", options.lambdarankNormalization());
    if (options.objective() == BoostingObjective.NDCG) {
      parameters.put("ndcg_exp_gain", options.ndcgExpGain());
    }
    return parameters;
  }
}
