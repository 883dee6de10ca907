package io.rankline.spark.training;

import io.rankline.spark.training.option.AveragingOptions;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/**
 * DL4J's parameter averaging, fed with rounds that are already divided among workers. The averages
 * of parameters and updater state, and how they travel, are DL4J's; what it does to data beforehand
 * is left out: it would write all of it to files, count it, split it at random for every round, and
 * move it between executors, and cut or merge batches to one number of lists.
 */
@SuppressWarnings({"NullAway", "overrides", "serial"})
final class AveragingMaster extends ParameterAveragingTrainingMaster {

  private final transient SparkComputationGraph spark;

  /** A master whose averages go into that network. */
  AveragingMaster(
      JavaSparkContext context, ComputationGraph network, int workers, AveragingOptions options) {
    super(
        new Builder(workers, 1)
            .batchSizePerWorker(1)
            .averagingFrequency(options.averagingFrequency())
            .saveUpdater(options.averageUpdaters())
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null));
    this.spark = new SparkComputationGraph(context, network, this);
  }

  /** Runs a round and puts the mean of its results in the network. */
  void average(JavaRDD<ParameterAveragingTrainingResult> results) {
    processResults(null, Objects.requireNonNull(spark), results, 1, 1);
  }
}
