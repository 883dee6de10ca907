package io.rankline.peers;

import java.util.OptionalDouble;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRanker;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRankerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** XGBoost4J-Spark: LambdaMART. */
record XgboostPeer() implements Peer {

  private static final int TREES = 100;

  @Override
  public String title() {
    return "XGBoost4J-Spark";
  }

  @Override
  public Fitted fit(Dataset<Row> items, int workers, long seed) {
    // Its setters do not return the ranker in Java.
    XGBoostRanker ranker = new XGBoostRanker().setGroupCol(MadeUpLog.GROUP);
    ranker.setLabelCol(MadeUpLog.LABEL);
    ranker.setFeaturesCol(MadeUpLog.FEATURES);
    ranker.setNumWorkers(workers);
    ranker.setSeed(seed);
    ranker.setObjective("rank:ndcg");
    ranker.setNumRound(TREES);
    ranker.setMaxDepth(6);
    ranker.setEta(0.1);
    ranker.setNthread(1);
    ranker.setRabitTrackerHostIp("127.0.0.1");
    XGBoostRankerModel model = ranker.fit(items);
    try {
      return new Fitted(model, OptionalDouble.empty(), model.nativeBooster().toByteArray("ubj"));
    } catch (XGBoostError e) {
      throw new IllegalStateException("the model cannot be written", e);
    }
  }
}
