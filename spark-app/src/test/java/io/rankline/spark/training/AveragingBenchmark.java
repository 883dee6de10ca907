package io.rankline.spark.training;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.io.Storage;
import io.rankline.model.RankingModel;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.input.shard.OpenFile;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Seconds that a round of parameter averaging takes: two executor processes of one core, a net of 8
 * and 4 units on 4 features, 16 lists a worker and step, 5 steps a round. DL4J's master with its
 * own repartitioning, told to leave the data where it is, and as ParameterServerStrategy uses it.
 *
 * <p>Argument: number of rounds. SPARK_HOME has to name a folder with an empty folder jars, and
 * SPARK_SCALA_VERSION has to be 2.12.
 */
public final class AveragingBenchmark {

  private static final int WORKERS = 2;
  private static final int BATCH = 16;
  private static final int FREQUENCY = 5;

  private AveragingBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("averaging");
    SparkSession session = ExecutorSpark.start(WORKERS, 1, Map.of());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    int lists = rounds * FREQUENCY * WORKERS * BATCH;
    TrainingFiles files = TrainingFiles.write(folder, lists, 1, 3);
    for (int time = 1; time <= 3; time++) {
      System.out.printf(
          "DL4J's master %.3f s, not repartitioning %.3f s, ParameterServerStrategy %.3f s a"
              + " round%n",
          stock(spark, files, folder, rounds, false),
          stock(spark, files, folder, rounds, true),
          ours(files, folder.resolve("model-" + time), rounds));
    }
    System.exit(0);
  }

  private static double ours(TrainingFiles files, Path model, int rounds) throws IOException {
    List<EpochResult> epochs =
        train(files, hparams(model).strategy("ParameterServerStrategy").numEpochs(2)).epochs();
    // The first epoch starts the executors.
    return epochs.get(1).training().toNanos() / 1e9 / rounds;
  }

  private static double stock(
      JavaSparkContext spark, TrainingFiles files, Path folder, int rounds, boolean inPlace)
      throws IOException {
    RankingModel model =
        train(files, hparams(folder.resolve("alone-" + System.nanoTime())).numEpochs(1)).model();
    JavaRDD<MultiDataSet> data = spark.parallelize(batches(model, files), WORKERS);
    ParameterAveragingTrainingMaster.Builder master =
        new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
            .batchSizePerWorker(BATCH)
            .averagingFrequency(FREQUENCY)
            // By default it writes data to a file system that executors share, and refuses others.
            .rddTrainingApproach(RDDTrainingApproach.Direct);
    if (inPlace) {
      master.repartionData(Repartition.Never);
    }
    SparkComputationGraph graph = new SparkComputationGraph(spark, model.graph(), master.build());
    graph.fitMultiDataSet(data);
    long begin = System.nanoTime();
    graph.fitMultiDataSet(data);
    double seconds = (System.nanoTime() - begin) / 1e9;
    data.unpersist();
    return seconds / rounds;
  }

  private static List<MultiDataSet> batches(RankingModel model, TrainingFiles files)
      throws IOException {
    DatasetFiles source =
        TrainingFiles.builder(files.dataset().build()).buildTrainDataset().files().orElseThrow();
    List<MultiDataSet> batches = new ArrayList<>();
    List<RankingList> lists = new ArrayList<>();
    // Padded to one length, since DL4J merges batches.
    ListBatcher batcher = new ListBatcher(new ListSize(9));
    try (OpenFile open = source.open(Storage.of(new Configuration()), source.files().get(0))) {
      for (RankingList list = open.next(); list != null; list = open.next()) {
        lists.add(model.encoder().transform(list));
        if (lists.size() == BATCH) {
          batches.add(model.trainingData(batcher.batch(lists)));
          lists.clear();
        }
      }
    }
    return batches;
  }

  private static TrainingResult train(TrainingFiles files, PipelineHparamsBuilder hparams)
      throws IOException {
    DNNScorer scorer =
        DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build();
    return files
        .pipeline(files.dataset().trainBatchSize(WORKERS * BATCH).build(), scorer, hparams.build())
        .trainAndValidate();
  }

  private static PipelineHparamsBuilder hparams(Path modelDir) {
    return PipelineHparams.builder()
        .modelDir(modelDir.toString())
        .loss("softmax_loss")
        .optimizer("adam");
  }
}
