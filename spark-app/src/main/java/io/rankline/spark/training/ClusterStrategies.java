package io.rankline.spark.training;

import io.rankline.model.optimizer.StepAverages;
import io.rankline.model.scorer.LambdaMartScorer.Growing;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.replica.ExactSharing;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.StrategyProvider;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.spark.training.option.AveragingOptions;
import io.rankline.spark.training.option.MultiWorkerOptions;
import io.rankline.spark.training.stage.Slots;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The strategies that train on the executors of the active Spark session. */
public final class ClusterStrategies implements StrategyProvider {

  /** Made by {@link java.util.ServiceLoader}. */
  public ClusterStrategies() {}

  @Override
  public Set<String> names() {
    return Set.of(MultiWorkerOptions.STRATEGY, AveragingOptions.STRATEGY);
  }

  @Override
  public TrainingSession open(String name, SessionRequest request) throws IOException {
    Map<String, String> options = request.hparams().strategyOptions();
    if (name.equals(AveragingOptions.STRATEGY)) {
      AveragingOptions read = AveragingOptions.of(options);
      requireNoAverages(request, name);
      return new AveragingSession(spark(name), request, read);
    }
    MultiWorkerOptions read = MultiWorkerOptions.of(options);
    if (!(read.sharing() instanceof ExactSharing)) {
      requireNoAverages(request, "gradient_sharing = threshold");
    }
    return new MultiWorkerSession(spark(name), request, read);
  }

  @Override
  public void requireForTrees(String name, Map<String, String> options) {
    if (!name.equals(MultiWorkerOptions.STRATEGY)) {
      StrategyProvider.super.requireForTrees(name, options);
    }
    if (!(MultiWorkerOptions.of(options).sharing() instanceof ExactSharing)) {
      throw new IllegalArgumentException(
          "strategy_options.gradient_sharing is for networks, and scorer lambdamart grows trees;"
              + " leave it out");
    }
  }

  @Override
  public TrainingSession openForTrees(String name, SessionRequest request, Growing growing)
      throws IOException {
    TreeGrower.find();
    MultiWorkerOptions options = MultiWorkerOptions.of(request.hparams().strategyOptions());
    return new TreeSession(spark(name), request, growing, options);
  }

  /**
   * Refuses what can be told of a training before there is data: options of its strategy, too few
   * cores, dynamic allocation.
   *
   * @throws IllegalArgumentException saying what to set
   */
  public static void require(SparkSession session, PipelineHparams hparams) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    if (MultiWorkerOptions.STRATEGY.equals(hparams.strategy())) {
      MultiWorkerOptions options = MultiWorkerOptions.of(hparams.strategyOptions());
      Slots.require(spark, options.numWorkers(), MultiWorkerSession.WHY_FIXED);
    } else if (AveragingOptions.STRATEGY.equals(hparams.strategy())) {
      AveragingOptions options = AveragingOptions.of(hparams.strategyOptions());
      Slots.require(spark, options.numWorkers(), AveragingSession.WHY_FIXED);
    }
  }

  /** Averages over steps follow updates that all workers take together. */
  private static void requireNoAverages(SessionRequest request, String sharing) {
    StepAverages averages = request.hparams().optimizer().averages();
    if (!averages.isNone()) {
      throw new IllegalArgumentException(
          "use_ema, swa_start and gradient_accumulation_steps go with exact gradient_sharing of %s, not with %s"
              .formatted(MultiWorkerOptions.STRATEGY, sharing));
    }
  }

  private static JavaSparkContext spark(String name) {
    Option<SparkSession> session = SparkSession.getActiveSession();
    if (session.isEmpty()) {
      session = SparkSession.getDefaultSession();
    }
    if (session.isEmpty() && new SparkConf().contains("spark.master")) {
      // Run by spark-submit, which says where executors come from.
      session = Option.apply(SparkSession.builder().appName("rankline").getOrCreate());
    }
    if (session.isEmpty()) {
      throw new IllegalStateException(
          "strategy %s trains on the executors of a Spark session, and none is active; start one with SparkSession.builder().getOrCreate(), or run by spark-submit"
              .formatted(name));
    }
    return JavaSparkContext.fromSparkContext(session.get().sparkContext());
  }
}
