package io.rankline.pipeline.boosting;

import io.rankline.model.scorer.LambdaMartScorer;
import java.time.Duration;
import java.util.Iterator;
import java.util.ServiceLoader;

/** A library of boosted trees; found by {@link ServiceLoader}. */
public interface TreeGrower {

  /** What computes, with its version: processes that grow trees together must have the same. */
  String library();

  /**
   * Takes data in, to grow trees on it.
   *
   * @param threads that compute
   */
  TreeGrowth begin(BoostingRows rows, LambdaMartScorer options, int threads);

  /**
   * Opens the place where processes find each other; one of them does, and tells the others {@link
   * GrowerMeeting#address}.
   *
   * @param host an address of this machine that the others reach
   * @param port to listen on; 0 for any free one
   * @param processes that will come, 2 or more
   * @param silence how long they may take to come
   * @throws IllegalStateException if it cannot listen there
   */
  GrowerMeeting meeting(String host, int port, int processes, Duration silence);

  /**
   * Joins other processes and waits for them. What this thread grows until it leaves are the same
   * trees as those of the others, on the lists of all. They have to ask for the same rounds, and
   * the growths of all of them must be new, or those of the same trees before: with its first trees
   * a growth agrees with the others on where features may be split.
   *
   * @throws IllegalStateException if the others do not come
   */
  GrowerMember join(GrowerSeat seat);

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
