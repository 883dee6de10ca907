package io.rankline.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.metric.evaluation.MetricSample;
import io.rankline.pipeline.explanation.ModelStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark ML asks of a stage. */
class SparkMlTest {

  @TempDir static Path folder;
  private static Dataset<Row> table;
  private static NeuralRankerModel model;

  @BeforeAll
  static void fit() {
    table = Logs.table(24, 11).cache();
    model = Logs.ranker().fit(table);
  }

  @Test
  void hyperparametersOfTheConfigurationAreParams() {
    NeuralRanker ranker = new NeuralRanker();
    List<String> names = Stream.of(ranker.params()).map(Param::name).toList();

    assertThat(names)
        .isSorted()
        .doesNotHaveDuplicates()
        .contains("groupCol", "numWorkers", "loss", "learningRate", "l2", "gradientClipNorm")
        .contains("trainBatchSize", "listSize", "earlyStoppingPatience", "warmStart", "seed")
        .doesNotContain("trainInputPattern", "format");
    assertThat(ranker.explainParams()).contains("numEpochs: number of epochs");
    ranker.setOption("num_epochs", 3).setOption("data.list_size", 20);
    assertThat(ranker.getOrDefault(ranker.numEpochs())).isEqualTo(3);
    assertThatThrownBy(() -> ranker.setOption("num_epoch", 3))
        .hasMessageStartingWith("unknown hyperparameter 'num_epoch'; did you mean 'numEpochs'?");
    assertThatThrownBy(() -> ranker.setOption("num_epochs", "three"))
        .hasMessage("numEpochs must be a number, got 'three'");
  }

  @Test
  void aRankerIsCopiedAndSavedWithItsParams() throws IOException {
    NeuralRanker ranker =
        Logs.ranker().setFeatureCols("price", "brand").setOption("cache_memory", "10%");
    NeuralRanker copy = ranker.copy(ParamMap.empty().put(ranker.numEpochs().w(9)));
    String path = folder.resolve("ranker").toString();
    copy.save(path);

    NeuralRanker loaded = NeuralRanker.load(path);

    assertThat(loaded.uid()).isEqualTo(ranker.uid());
    assertThat(loaded.getOrDefault(loaded.numEpochs())).isEqualTo(9);
    assertThat(ranker.getOrDefault(ranker.numEpochs())).isEqualTo(1);
    assertThat(loaded.getOrDefault(loaded.featureCols())).containsExactly("price", "brand");
    assertThat(loaded.getOrDefault(loaded.getParam("cacheMemory"))).isEqualTo("10%");
  }

  @Test
  void aModelKeepsEveryOtherColumnAndScoresRowByRowWhereTheyAre() {
    Dataset<Row> scored = model.transform(table.drop("label", "qid"));

    assertThat(scored.columns())
        .containsExactly("doc", "features", "price", "brand", "holdout", "prediction");
    assertThat(scored.queryExecution().executedPlan().toString()).doesNotContain("Exchange");
    assertThat(scored.drop("prediction").exceptAll(table.drop("label", "qid")).count()).isZero();
    assertThat(model.transformSchema(table.schema()).apply("prediction").dataType())
        .isEqualTo(DataTypes.DoubleType);
  }

  @Test
  void scoresAreThoseOfTheModelForRequestsWhateverThePartitions() {
    List<Row> once = scores(model.transform(table.coalesce(1)));
    List<Row> spread = scores(model.transform(table.repartition(5)));

    assertThat(spread).isEqualTo(once);
    Row first = table.orderBy("doc").first();
    org.apache.spark.ml.linalg.Vector features = first.getAs("features");
    float served =
        model.saved()
            .predict(java.util.Map.of(), List.of(java.util.Map.of("features", features.toArray())))[
            0];
    assertThat(once.get(0).getDouble(1)).isEqualTo(served);
  }

  @Test
  void modelsThatLookAtAQueryGetItWhole() {
    NeuralRankerModel listwise =
        Logs.ranker()
            .setScorer(
                "{ type = document_interaction, num_layers = 1, num_heads = 2, head_size = 4,"
                    + " hidden_layer_dims = [8] }")
            .fit(table);
    List<Row> rows = new ArrayList<>(table.collectAsList());
    Collections.shuffle(rows, new Random(2));

    List<Row> spread = scores(listwise.transform(Logs.table(rows).repartition(6)));

    assertThat(spread).isEqualTo(scores(listwise.transform(table.coalesce(1))));
    assertThat(spread).hasSize(rows.size());
    Dataset<Row> inBytes =
        table.withColumn("qid", functions.col("qid").cast("string").cast("binary"));
    assertThat(scores(listwise.transform(inBytes))).isEqualTo(spread);
    NeuralRankerModel without = listwise.copy(ParamMap.empty());
    without.clear(without.groupCol());
    assertThatThrownBy(() -> without.transform(table))
        .hasMessage(
            "groupCol must be set: the scores of this model depend on the other items of a query");
  }

  @Test
  void aModelIsSavedAndLoadedByItselfAndInAPipeline() throws IOException {
    PipelineModel pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new VectorAssembler()
                      .setInputCols(new String[] {"features", "price"})
                      .setOutputCol("assembled"),
                  new StandardScaler().setInputCol("assembled").setOutputCol("scaled"),
                  Logs.ranker().setFeaturesCol("scaled").setPredictionCol("score")
                })
            .fit(table);
    String alone = folder.resolve("model").toString();
    String within = folder.resolve("pipeline").toString();
    model.save(alone);
    pipeline.save(within);

    NeuralRankerModel loaded = NeuralRankerModel.load(alone);
    PipelineModel loadedPipeline = PipelineModel.load(within);

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(scores(loaded.transform(table))).isEqualTo(scores(model.transform(table)));
    assertThat(loadedPipeline.transform(table).select("doc", "score").collectAsList())
        .isEqualTo(pipeline.transform(table).select("doc", "score").collectAsList());
  }

  @Test
  void crossValidationInParallelEndsWithWholeQueriesInEachFold() throws IOException {
    NeuralRanker ranker = Logs.ranker().setStrategy("MultiWorkerMirroredStrategy");
    Dataset<Row> folded = new QueryFolds().setGroupCol("qid").setNumFolds(2).transform(table);
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(ranker)
            .setEvaluator(new RankingEvaluator().setGroupCol("qid"))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(ranker.learningRate(), new double[] {1e-6, 0.05})
                    .build())
            .setNumFolds(2)
            .setFoldCol("fold")
            .setParallelism(2);

    CrossValidatorModel[] best = new CrossValidatorModel[1];
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2), () -> best[0] = validator.fit(folded));

    assertThat(best[0].avgMetrics()[1]).isGreaterThan(best[0].avgMetrics()[0]);
    String path = folder.resolve("validator").toString();
    best[0].save(path);
    CrossValidatorModel loaded = CrossValidatorModel.load(path);
    assertThat(scores(loaded.transform(table))).isEqualTo(scores(best[0].transform(table)));
  }

  @Test
  void theMetricOfEachQueryAddsUpToThatOfAll() {
    Dataset<Row> scored = model.transform(table);
    RankingEvaluator evaluator = new RankingEvaluator().setGroupCol("qid").setMetricName("mrr");

    List<Row> queries = evaluator.perQuery(scored).orderBy("qid").collectAsList();

    assertThat(queries).hasSize(24);
    assertThat(queries.get(0).schema().simpleString())
        .isEqualTo("struct<qid:bigint,items:int,value:double,weight:double>");
    assertThat(queries.stream().mapToInt(row -> row.getInt(1)).sum()).isEqualTo(table.count());
    MetricSample sample =
        new MetricSample(
            queries.stream().mapToDouble(row -> row.getDouble(2)).toArray(),
            queries.stream().mapToDouble(row -> row.getDouble(3)).toArray());
    assertThat(sample.mean().value().orElseThrow()).isEqualTo(evaluator.evaluate(scored));
    assertThatThrownBy(() -> new RankingEvaluator().perQuery(scored))
        .hasMessageStartingWith("groupCol must be set to the column that tells queries apart");
  }

  @Test
  void aFittedModelKnowsWhatItsFitFoundOutAndALoadedOneDoesNot() throws IOException {
    String path = folder.resolve("studied").toString();
    model.save(path);

    assertThat(model.study().tasks())
        .singleElement()
        .satisfies(task -> assertThat(task.importances()).isPresent());
    assertThat(model.copy(ParamMap.empty()).study()).isSameAs(model.study());
    assertThat(NeuralRankerModel.load(path).study()).isEqualTo(ModelStudy.NONE);
    assertThat(NeuralRankerModel.load(path).epochs()).isEmpty();
  }

  @Test
  void trainValidationSplitTriesAGrid() {
    NeuralRanker ranker = Logs.ranker();
    double[] metrics =
        new TrainValidationSplit()
            .setEstimator(ranker)
            .setEvaluator(new RankingEvaluator().setGroupCol("qid").setMetricName("mrr"))
            .setEstimatorParamMaps(
                new ParamGridBuilder().addGrid(ranker.trainBatchSize(), new int[] {4}).build())
            .fit(table)
            .validationMetrics();

    assertThat(Arrays.stream(metrics).boxed().toList())
        .hasSize(1)
        .allSatisfy(metric -> assertThat(metric).isBetween(0.0, 1.0));
  }

  private static List<Row> scores(Dataset<Row> scored) {
    return scored.select("doc", "prediction").orderBy("doc").collectAsList();
  }
}
