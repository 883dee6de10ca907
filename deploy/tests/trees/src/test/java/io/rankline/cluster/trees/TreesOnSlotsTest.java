package io.rankline.cluster.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.spark.ml.NeuralRanker;
import io.rankline.spark.training.worker.RowsKept;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are threads of one process. */
class TreesOnSlotsTest {

  private static final double SUMS_IN_ANOTHER_ORDER = 1e-5;

  private static final StructType LOG =
      new StructType()
          .add("qid", DataTypes.LongType)
          .add("doc", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.IntegerType);

  @TempDir static Path folder;
  private static SparkSession spark;
  private static TreeData data;

  @BeforeAll
  static void start() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    data = TreeData.write(folder, 8, 40, 90);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void anEstimatorGrowsTheSameTreesInEverySlotWhateverThePartitionsOfItsTable() {
    NeuralRanker ranker =
        new NeuralRanker()
            .setGroupCol("qid")
            .setScorer("{ type = lambdamart, num_round = 8, max_depth = 4 }")
            .setNumEpochs(2);
    Dataset<Row> log = log();

    List<Row> scores = scores(ranker, log);

    assertThat(scores(ranker, log.repartition(5))).isEqualTo(scores);
    List<Row> ofOneProcess = scores(ranker.setStrategy("MirroredStrategy"), log);
    for (int k = 0; k < scores.size(); k++) {
      // So few values that splits are tried between all of them, by any number of workers.
      assertThat(ofOneProcess.get(k).getDouble(1))
          .isCloseTo(scores.get(k).getDouble(1), within(SUMS_IN_ANOTHER_ORDER));
    }
  }

  @Test
  void aTrainingThatGoesOnEndsAsOneThatWasNeverInterrupted() throws IOException {
    TrainingResult whole = train(hparams("whole").numEpochs(4).stepsPerEpoch(2));
    train(hparams("parts").numEpochs(2).stepsPerEpoch(2));

    TrainingResult resumed = train(hparams("parts").numEpochs(4).stepsPerEpoch(2));

    assertThat(resumed.model().graph().params()).isEqualTo(whole.model().graph().params());
  }

  @Test
  void workersKeepTheirRowsUntilTheTrainingEnds() throws Exception {
    List<Integer> kept = new ArrayList<>();
    Callback counting =
        new Callback() {
          @Override
          public void onEpochEnd(TrainingRun run, EpochResult epoch) {
            kept.add(RowsKept.count());
          }
        };

    pipeline(hparams("kept").numEpochs(3)).withProgress(counting).trainAndValidate();

    assertThat(kept).containsExactly(2, 2, 2);
    assertThat(soonKept()).isZero();
  }

  @Test
  void whenATrainingFailsItsRowsAreGivenBack() throws Exception {
    Callback failing =
        new Callback() {
          @Override
          public void onEpochEnd(TrainingRun run, EpochResult epoch) throws IOException {
            throw new IOException("%s workers have rows".formatted(RowsKept.count()));
          }
        };

    assertThatThrownBy(
            () -> pipeline(hparams("fails").numEpochs(3)).withProgress(failing).trainAndValidate())
        .hasMessage("2 workers have rows");
    assertThat(soonKept()).isZero();
  }

  @Test
  void workersListenOnThePortsThatTheyAreGiven() throws IOException {
    int first;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      first = taken.getLocalPort();
      assertThatThrownBy(
              () ->
                  train(
                      hparams("taken")
                          .numEpochs(1)
                          .strategyOption("port", Integer.toString(first))
                          .strategyOption("port_count", "1")))
          .hasMessageMatching(
              "executor driver on \\S+: no free port on \\S+ in %s to %s".formatted(first, first)
                  + " \\(strategy_options.port_count and strategy_options.port\\)");
    }

    TrainingResult free =
        train(
            hparams("free")
                .numEpochs(1)
                .strategyOption("port", Integer.toString(first))
                .strategyOption("port_count", "8"));

    assertThat(free.lastEpoch().value("loss")).isPresent();
  }

  private static TrainingResult train(PipelineHparamsBuilder hparams) throws IOException {
    return pipeline(hparams).trainAndValidate();
  }

  private static SimplePipeline pipeline(PipelineHparamsBuilder hparams) {
    LambdaMartScorer scorer = LambdaMartScorer.builder().numRound(8).eta(0.3).maxDepth(3).build();
    return data.pipeline(scorer, hparams.build());
  }

  /** How many rows are kept when none should be any more: executors hear of it a little later. */
  private static int soonKept() throws InterruptedException {
    for (int k = 0; k < 200 && RowsKept.count() > 0; k++) {
      Thread.sleep(50);
    }
    return RowsKept.count();
  }

  private static PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve(run).toString())
        .loss("softmax_loss")
        .strategy("MultiWorkerMirroredStrategy");
  }

  private static List<Row> scores(NeuralRanker ranker, Dataset<Row> log) {
    return ranker
        .fit(log)
        .transform(log)
        .select("doc", "prediction")
        .orderBy("doc")
        .collectAsList();
  }

  private static Dataset<Row> log() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (long query = 0; query < 60; query++) {
      for (int item = 0; item < 8; item++) {
        double[] x = random.doubles(3, -1, 1).toArray();
        int label = (int) Math.max(0, Math.min(4, Math.round(2 + 2 * x[0] - x[1])));
        rows.add(RowFactory.create(query, rows.size(), Vectors.dense(x), label));
      }
    }
    return spark.createDataFrame(rows, LOG);
  }
}
