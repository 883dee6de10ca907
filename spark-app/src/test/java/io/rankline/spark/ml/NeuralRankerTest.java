package io.rankline.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.config.RunConfig;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.table.RankingTable;
import io.rankline.spark.table.TableFiles;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits and what they come to. */
class NeuralRankerTest {

  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    LocalSpark.session();
  }

  @ParameterizedTest(name = "{0}, seed 3")
  @ValueSource(strings = {"MultiWorkerMirroredStrategy", "MirroredStrategy"})
  void shuffledRowsAndElwcFilesOfTheSameListsGiveTheSameBits(String strategy) throws IOException {
    List<Row> rows = Logs.rows(40, 3);
    Dataset<Row> table = Logs.table(rows).coalesce(1);
    NeuralRanker ranker = Logs.ranker().setStrategy(strategy).setSeed(7);
    NeuralRankerModel fitted = ranker.fit(table);
    Collections.shuffle(rows, new Random(1));
    NeuralRankerModel shuffled = ranker.fit(Logs.table(rows).repartition(7));
    Path files = folder.resolve("elwc-" + strategy);
    TableFiles.write(
        table,
        RankingTable.ofItems(table.schema(), fitted.saved().records(), "qid"),
        files.toString(),
        8,
        CorruptRecordPolicy.FAIL);
    TrainingResult ofFiles = trainOn(files, strategy);

    float[] expected = ModelState.of(ofFiles.model().graph()).parameters();
    assertThat(parameters(fitted.saved())).isEqualTo(expected);
    assertThat(parameters(shuffled.saved())).isEqualTo(expected);
  }

  private static TrainingResult trainOn(Path files, String strategy) throws IOException {
    return RunConfig.parse(
            """
            data {
              train_input_pattern = "%1$s", valid_input_pattern = "%1$s"
              train_batch_size = 8, valid_batch_size = 32, seed = 7
              features {
                example { features { dtype = float32, shape = [4] } }
                label { name = label, dtype = float32 }
              }
            }
            model.scorer { type = dnn, hidden_layer_dims = [8], use_batch_norm = false, dropout = 0 }
            pipeline {
              model_dir = "%2$s", num_epochs = 1, loss = softmax_loss, learning_rate = 0.05
              seed = 7, strategy = %3$s
            }
            """
                .formatted(files, folder.resolve("model-" + strategy), strategy),
            folder,
            List.of())
        .pipeline()
        .trainAndValidate();
  }

  @Test
  void itemsThatNobodyJudgedAreCountedInTheLog() {
    List<Row> rows = Logs.rows(12, 9);
    Dataset<Row> table = Logs.table(rows);
    Dataset<Row> some =
        table.withColumn(
            "label", functions.expr("CASE WHEN doc LIKE '%-1' THEN -1 ELSE label END"));
    long heldOut = table.where("holdout").count();
    List<String> ofAll;
    List<String> ofSome;
    try (LoggedLines log = new LoggedLines("io.rankline.spark.ml")) {
      Logs.ranker().setValidationIndicatorCol("holdout").fit(table);
      ofAll = log.messages();
    }
    try (LoggedLines log = new LoggedLines("io.rankline.spark.ml")) {
      Logs.ranker().setValidationIndicatorCol("holdout").fit(some);
      ofSome = log.messages();
    }

    assertThat(ofAll).isEmpty();
    assertThat(ofSome)
        .containsExactly(
            "training: 9 of %d labels are below 0: left out".formatted(rows.size() - heldOut),
            "validation: 3 of %d labels are below 0: left out".formatted(heldOut));
  }

  @Test
  void itLearnsWhatTheLogHasToTeach() {
    Dataset<Row> table = Logs.table(160, 5);
    NeuralRankerModel model =
        Logs.ranker().setNumEpochs(4).setValidationIndicatorCol("holdout").fit(table);
    Dataset<Row> scored = model.transform(table.where("holdout"));

    RankingEvaluator ndcg = new RankingEvaluator().setGroupCol("qid").setMetricName("ndcg@5");
    double learned = ndcg.evaluate(scored);
    double unordered = ndcg.evaluate(scored.withColumn("prediction", functions.lit(0)));
    assertThat(learned).isGreaterThan(0.95).isGreaterThan(unordered + 0.1);
    assertThat(model.epochs()).hasSize(4);
    assertThat(model.epochs().get(3).logs().get("val_metric/ndcg_5"))
        .isBetween(learned - 1e-6, learned + 1e-6);
  }

  @Test
  void columnsOfNumbersTextAndTheContextAreFeatures() {
    Dataset<Row> table =
        Logs.table(20, 6).withColumn("season", functions.col("qid").mod(3).cast("float"));
    NeuralRankerModel model =
        Logs.ranker()
            .setFeatureCols("features", "price", "brand")
            .setContextCols("season")
            .setNumEpochs(1)
            .fit(table);

    assertThat(model.saved().requests().examples().keySet())
        .containsExactly("brand", "features", "price");
    assertThat(model.saved().requests().context().keySet()).containsExactly("season");
    assertThat(model.transform(table.drop("label", "qid")).where("prediction is null").count())
        .isZero();
  }

  @Test
  void aConfigurationDescribesFeaturesAndParamsStandBeforeIt() {
    NeuralRankerModel model =
        new NeuralRanker()
            .setGroupCol("qid")
            .setConfiguration(
                """
                data {
                  train_batch_size = 4
                  features {
                    example { price { dtype = float32, default = 0 } }
                    label { name = grade, dtype = int64, default = -1 }
                  }
                }
                model.scorer { type = gam, example_hidden_layer_dims = [4] }
                pipeline { num_epochs = 50, loss = approx_ndcg_loss, l2 = 0.5 }
                """)
            .setLabelCol("label")
            .setNumEpochs(1)
            .setOption("pipeline.l2", 0.25)
            .fit(Logs.table(12, 8));

    assertThat(model.epochs()).hasSize(1);
    assertThat(model.saved().records().labels().get(0).name()).isEqualTo("label");
    assertThat(model.saved().configuration())
        .contains("approx_ndcg_loss", "l2=0.25", "train rows of a DataFrame")
        .doesNotContain("rankline-");
  }

  @Test
  void theDataFrameTakesThePlaceOfTheDataThatAConfigurationNames() {
    String features =
        """
        data.features {
          example { price { dtype = float32, default = 0 } }
          label { name = label, dtype = float32, default = -1 }
        }
        """;
    for (String source :
        List.of(
            """
            data { train_input = "csv:/nowhere/items.csv", group_column = query, lists_dir = /nowhere
                   split { train = 0.8, valid = 0.2 }, input_options { sep = ";" } }
            """,
            """
            data { train_input_pattern = /nowhere, valid_input_pattern = /nowhere
                   test_input_pattern = /nowhere, dataset_reader = libsvm, zero_based = true
                   query_file = "*.query", queries_across_files = join }
            """)) {
      NeuralRankerModel model =
          Logs.ranker().setConfiguration(features + source).fit(Logs.table(12, 8));

      assertThat(model.saved().records().examples()).containsOnlyKeys("price");
      assertThat(model.saved().configuration()).doesNotContain("nowhere");
    }
  }

  @Test
  void rowsOfListsTrainAndAreScoredInPlace() throws IOException {
    Dataset<Row> items = Logs.table(30, 9);
    NeuralRankerModel ofItems = Logs.ranker().fit(items);
    Path files = folder.resolve("lists");
    TableFiles.write(
        items,
        RankingTable.ofItems(items.schema(), ofItems.saved().records(), "qid"),
        files.toString(),
        3,
        CorruptRecordPolicy.FAIL);
    Dataset<Row> lists =
        LocalSpark.session()
            .read()
            .format("elwc")
            .option("spec", RecordSpecText.render(ofItems.saved().records()))
            .load(files.toString());

    NeuralRanker ranker = Logs.ranker();
    ranker.clear(ranker.groupCol());
    NeuralRankerModel model = ranker.fit(lists);
    Dataset<Row> scored = model.transform(lists);

    assertThat(model.saved().records()).isEqualTo(ofItems.saved().records());
    Row row = scored.select("__list_mask__", "prediction").first();
    assertThat(row.getList(1)).hasSameSizeAs(row.getList(0)).doesNotContainNull();
    assertThat(new RankingEvaluator().evaluate(scored)).isBetween(0.5, 1.0);
  }

  private static float[] parameters(SavedRankingModel model) {
    return ModelState.of(model.model().graph()).parameters();
  }
}
