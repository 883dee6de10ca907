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

/**
 * A fit of a DataFrame beside the same training of ELWC files: DNN 1024-512-256 on 136 features in
 * an array, made up, with local[2]. Both take turns.
 *
 * <p>Arguments: lists to train on (of 100 items), number of rounds.
 */
public final class FitBenchmark {

  private static final String CONFIGURATION =
      """
      data { train_batch_size = 32, valid_batch_size = 32, list_size = 100 }
      model.scorer { type = dnn, hidden_layer_dims = [1024, 512, 256], use_batch_norm = true }
      pipeline { num_epochs = 3, loss = softmax_loss, strategy = MultiWorkerMirroredStrategy }
      """;

  private FitBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    Dataset<Row> lists = BenchmarkItems.of(spark, Long.parseLong(args[0]) * 100).cache();
    lists.count();
    NeuralRanker ranker = new NeuralRanker().setGroupCol("qid").setConfiguration(CONFIGURATION);
    for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
      compareFits(ranker, lists, round == 0 ? "to warm up" : "round " + round);
    }
    spark.stop();
    System.exit(0);
  }

  private static void compareFits(NeuralRanker ranker, Dataset<Row> lists, String round)
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
        "%s: later epochs %.1f s of a table, %.1f s of files; all else %.1f s and %.1f s%n",
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
