package io.rankline.spark.ml.benchmark;

import io.rankline.config.RunConfig;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
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
import java.util.Map;
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

  private static final String ONE_STEP =
      "pipeline { num_epochs = 1, steps_per_epoch = 1, validation_steps = 1 }";

  private static final RecordSpec RECORDS =
      RecordSpec.of(Map.of(), Map.of("features", FixedLenFeature.float32(136)))
          .withLabels(LabelSpec.of("label", FixedLenFeature.float32(1)));

  private FitBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    Dataset<Row> lists = BenchmarkItems.of(spark, Long.parseLong(args[0]) * 100).cache();
    lists.count();
    for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
      compareFits(lists, round == 0 ? "to warm up" : "round " + round);
    }
    spark.stop();
    System.exit(0);
  }

  private static void compareFits(Dataset<Row> lists, String round) throws IOException {
    Path folder = Files.createTempDirectory("ranker");
    Fit ofTable = ofTable(lists, "");
    Fit stepOfTable = ofTable(lists, ONE_STEP);
    TableFiles.write(
        lists,
        RankingTable.ofItems(lists.schema(), RECORDS, "qid"),
        folder.resolve("lists").toString(),
        8,
        CorruptRecordPolicy.FAIL);
    Fit ofFiles = ofFiles(folder, "whole", "");
    Fit stepOfFiles = ofFiles(folder, "step", ONE_STEP);
    say(
        "%s: later epochs %.1f s of a table, %.1f s of files; all else %.1f s and %.1f s;"
            + " one step in all %.1f s and %.1f s%n",
        round,
        later(ofTable.epochs()),
        later(ofFiles.epochs()),
        ofTable.seconds() - training(ofTable.epochs()),
        ofFiles.seconds() - training(ofFiles.epochs()),
        stepOfTable.seconds(),
        stepOfFiles.seconds());
  }

  private record Fit(List<EpochResult> epochs, double seconds) {}

  private static Fit ofTable(Dataset<Row> lists, String more) {
    long begin = System.nanoTime();
    NeuralRankerModel model =
        new NeuralRanker().setGroupCol("qid").setConfiguration(CONFIGURATION + more).fit(lists);
    double seconds = seconds(begin);
    return new Fit(model.epochs(), seconds);
  }

  private static Fit ofFiles(Path folder, String name, String more) throws IOException {
    RunConfig run =
        RunConfig.parse(
            CONFIGURATION
                + more
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
                    .formatted(folder.resolve("lists"), folder.resolve(name)),
            folder,
            List.of());
    long begin = System.nanoTime();
    List<EpochResult> epochs = run.pipeline().trainAndValidate().epochs();
    return new Fit(epochs, seconds(begin));
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
