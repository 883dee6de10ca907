package io.rankline.spark.ml.benchmark;

import io.rankline.config.RunConfig;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.spark.ml.NeuralRanker;
import io.rankline.spark.ml.NeuralRankerModel;
import io.rankline.spark.table.RankingTable;
import io.rankline.spark.table.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DNN 1024-512-256 on 136 features in a vector, made up, with local[2]: items a second of {@code
 * transform} beside the bare products of the same layers, and a fit of a DataFrame beside the same
 * training of ELWC files. Rounds take turns.
 *
 * <p>Arguments: thousands of items to score, lists to train on (of 100 items), number of rounds.
 */
public final class RankerBenchmark {

  private static final int[] WIDTHS = {136, 1024, 512, 256, 1};
  private static final int BLOCK = 2048;
  private static final String CONFIGURATION =
      """
      data { train_batch_size = 32, valid_batch_size = 32, list_size = 100 }
      model.scorer { type = dnn, hidden_layer_dims = [1024, 512, 256], use_batch_norm = true }
      pipeline { num_epochs = 3, loss = softmax_loss, strategy = MultiWorkerMirroredStrategy }
      """;

  private RankerBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    int rounds = Integer.parseInt(args[2]);
    Dataset<Row> lists = items(spark, Long.parseLong(args[1]) * 100).cache();
    NeuralRanker ranker = new NeuralRanker().setGroupCol("qid").setConfiguration(CONFIGURATION);
    NeuralRankerModel model =
        ranker.setNumEpochs(1).setOption("steps_per_epoch", 1).fit(lists.where("qid < 64"));
    ranker.clear(ranker.getParam("stepsPerEpoch"));
    ranker.setNumEpochs(3);
    Dataset<Row> logs = items(spark, Long.parseLong(args[0]) * 1000).cache();
    logs.count();
    lists.count();
    for (int round = 1; round <= rounds; round++) {
      double products = productsPerSecond();
      double scored = transformedPerSecond(model, logs);
      say(
          "round %d: products %.0f items/s, transform %.0f items/s, %.2f%n",
          round, products, scored, scored / products);
      compareFits(ranker, lists, round);
    }
    spark.stop();
  }

  private static Dataset<Row> items(SparkSession spark, long count) {
    return spark
        .range(0, count, 1, 8)
        .selectExpr(
            "id div 100 as qid",
            "transform(sequence(1, 136), i -> cast((id * 7919 + i * 104729) % 1009 / 1009.0 as"
                + " float)) as features",
            "cast((id * 31) % 5 as int) as label");
  }

  private static double transformedPerSecond(NeuralRankerModel model, Dataset<Row> logs) {
    long begin = System.nanoTime();
    model.transform(logs).write().format("noop").mode("overwrite").save();
    return logs.count() / seconds(begin);
  }

  private static double productsPerSecond() {
    INDArray[] weights = new INDArray[WIDTHS.length - 1];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Nd4j.rand('f', WIDTHS[k], WIDTHS[k + 1]);
    }
    INDArray input = Nd4j.rand('f', BLOCK, WIDTHS[0]);
    long begin = System.nanoTime();
    long items = 0;
    while (seconds(begin) < 5) {
      INDArray rows = input;
      for (INDArray weight : weights) {
        rows = rows.mmul(weight);
      }
      items += BLOCK;
    }
    return items / seconds(begin);
  }

  private static void compareFits(NeuralRanker ranker, Dataset<Row> lists, int round)
      throws IOException {
    Path folder = Files.createTempDirectory("ranker");
    long begin = System.nanoTime();
    NeuralRankerModel model = ranker.fit(lists);
    double ofTable = seconds(begin);
    TableFiles.write(
        lists,
        RankingTable.ofItems(lists.schema(), model.saved().records(), "qid"),
        folder.resolve("lists").toString(),
        8,
        CorruptRecordPolicy.FAIL);
    RunConfig run =
        RunConfig.parse(
            CONFIGURATION
                + """
                data {
                  train_input_pattern = "%1$s", valid_input_pattern = "%1$s"
                  features {
                    example { features { dtype = float32, shape = [136] } }
                    label { name = label, dtype = float32 }
                  }
                }
                pipeline { model_dir = "%2$s", validation_steps = 1 }
                """
                    .formatted(folder.resolve("lists"), folder.resolve("model")),
            folder,
            List.of());
    begin = System.nanoTime();
    List<EpochResult> ofFiles = run.pipeline().trainAndValidate().epochs();
    double elwc = seconds(begin);
    say(
        "round %d: later epochs %.1f s of a table, %.1f s of files; all else %.1f s and %.1f s%n",
        round,
        later(model.epochs()),
        later(ofFiles),
        ofTable - training(model.epochs()),
        elwc - training(ofFiles));
  }

  private static double later(List<EpochResult> epochs) {
    return training(epochs.subList(1, epochs.size()));
  }

  private static double training(List<EpochResult> epochs) {
    return epochs.stream().mapToDouble(epoch -> epoch.training().toMillis() / 1e3).sum();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
