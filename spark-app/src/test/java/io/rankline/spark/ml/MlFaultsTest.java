package io.rankline.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input of Spark ML's users, in the words that they read. */
class MlFaultsTest {

  @TempDir static Path folder;
  private static Dataset<Row> table;
  private static NeuralRankerModel model;

  @BeforeAll
  static void fit() {
    table = Logs.table(12, 21);
    model = Logs.ranker().fit(table);
  }

  @Test
  void missingColumnsAreNamedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> new NeuralRanker().fit(table.drop("label")))
        .hasMessage(
            """
            groupCol must be set to the column that tells queries apart; columns are doc, qid, features, price, brand, holdout
            labelCol: there is no column 'label'; columns are features, price, brand, doc, qid, holdout\
            """);
    assertThatThrownBy(() -> model.transform(table.drop("features")))
        .hasMessageStartingWith("there is no column 'features' for the feature; columns are");
  }

  @Test
  void aTextLabelAndAFractionForAGroupAreRefused() {
    assertThatThrownBy(() -> Logs.ranker().setLabelCol("brand").setGroupCol("price").fit(table))
        .hasMessage(
            """
            column 'price' must be text or an integer, the group; cast it to bigint or string; it has type double
            column 'brand' must be a number, a label; cast it, or index text with a StringIndexer; it has type string\
            """);
  }

  @Test
  void aColumnThatIsNamedTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                Logs.ranker()
                    .setFeatureCols("price", "brand", "price")
                    .setContextCols("holdout", "holdout")
                    .fit(table))
        .hasMessage(
            """
            featureCols names column 'price' twice
            contextCols names column 'holdout' twice\
            """);
  }

  @Test
  void aWeightBelowZeroIsToldWithItsRow() {
    assertThatThrownBy(
            () ->
                Logs.ranker()
                    .setWeightCol("weight")
                    .fit(
                        table.withColumn(
                            "weight", functions.expr("CASE WHEN doc = 'd3-1' THEN -2 ELSE 1 END"))))
        .hasMessageStartingWith(
            "query '-7': column 'weight' is -2.0, and a weight is 0 or more; the row is {qid=-7,"
                + " features=[")
        .hasMessageEndingWith(", label=%s, weight=-2}".formatted(labelOf("d3-1")));
  }

  private static int labelOf(String doc) {
    return table.where(functions.col("doc").equalTo(doc)).first().getAs("label");
  }

  @Test
  void faultyRowsAreToldBeforeTraining() {
    List<Row> rows = new ArrayList<>(Logs.rows(4, 22));
    rows.add(
        RowFactory.create("d9", 3L, Vectors.dense(1, Double.NaN, 0, 0), 1.0, "brand 1", 1, false));
    rows.add(RowFactory.create("d8", null, Vectors.dense(1, 2, 0, 0), 1.0, "brand 1", 1, false));
    rows.add(RowFactory.create("d7", 3L, Vectors.dense(1, 2, 0), 1.0, "brand 1", 1, false));

    assertThatThrownBy(() -> Logs.ranker().fit(Logs.table(rows)))
        .hasMessageContaining(
            "query '3': column 'features' is NaN; the row is {qid=3, features=[1.0,NaN,0.0,0.0],"
                + " label=1}")
        .hasMessageContaining("query '3': column 'features' has 3 values, not 4")
        .hasMessageContaining("column 'qid', the group, is null; the row is {qid=null,");
  }

  @Test
  void aFaultyRowEndsAScoringWithColumnAndRow() {
    List<Row> rows =
        List.of(RowFactory.create("d1", 1L, Vectors.dense(1, 2), 1.0, "brand 1", 1, false));

    assertThatThrownBy(() -> model.transform(Logs.table(rows)).collectAsList())
        .hasStackTraceContaining(
            "column 'features' has 2 values, not 4; the row is {doc=d1, qid=1");
  }

  @Test
  void aScoreThatIsNoNumberEndsAScoringWithItsRow() {
    List<Row> rows =
        List.of(
            RowFactory.create("d1", 1L, Vectors.dense(1, 2, 3, 4), 1.0, "brand 1", 1, false),
            RowFactory.create(
                "d2", 1L, Vectors.dense(3e38, -3e38, 1, 1), 1.0, "brand 1", 1, false));

    assertThatThrownBy(() -> model.transform(Logs.table(rows)).collectAsList())
        .hasStackTraceContaining("the row {doc=d2, qid=1, features=[3.0E38,-3.0E38,1.0,1.0]")
        .hasStackTraceContaining("; its features, or the model, are too large");
  }

  @Test
  void evaluationOfListsDropsPaddingAlone() {
    Dataset<Row> lists =
        LocalSpark.session()
            .sql(
                "SELECT array(true, true, false) AS __list_mask__, array(0, 1, 9) AS label,"
                    + " array(0.5D, 2D, null) AS prediction");
    RankingEvaluator evaluator = new RankingEvaluator().setMetricName("mrr");

    assertThat(evaluator.evaluate(lists)).isEqualTo(1.0);
    for (String without :
        List.of(
            "array(0.5D, null, 1D) AS prediction", "cast(null AS array<double>) AS prediction")) {
      assertThatThrownBy(
              () -> evaluator.evaluate(lists.selectExpr("__list_mask__", "label", without)))
          .hasStackTraceContaining("column 'prediction' is null in a row of query");
    }
    assertThatThrownBy(
            () ->
                evaluator.evaluate(
                    lists.selectExpr(
                        "__list_mask__", "prediction", "cast(null AS array<int>) AS label")))
        .hasStackTraceContaining("column 'label' is null in a row of query");
  }

  @Test
  void theColumnOfValidationMustSayWhatEachQueryIs() {
    NeuralRanker ranker = Logs.ranker().setValidationIndicatorCol("holdout");

    assertThatThrownBy(() -> ranker.fit(table.withColumn("holdout", functions.lit(false))))
        .hasMessage(
            "validationIndicatorCol 'holdout' is true in no row, so there is nothing to validate"
                + " with; mark some queries, or leave it out");
    assertThatThrownBy(() -> ranker.fit(table.withColumn("holdout", functions.lit(1))))
        .hasMessage(
            "validationIndicatorCol 'holdout' must be boolean, true for rows to validate with; it"
                + " has type int");
    assertThatThrownBy(
            () -> ranker.fit(table.withColumn("holdout", functions.expr("doc like '%-1'"))))
        .hasMessageEndingWith(
            "has rows to train on and rows to validate with; holdout must be the same in all rows"
                + " of a query");
    assertThatThrownBy(
            () -> ranker.fit(table.withColumn("holdout", functions.expr("nullif(holdout, true)"))))
        .hasMessageStartingWith(
            "validationIndicatorCol 'holdout' is null in a row, which would be");
  }

  @Test
  void rowsThatLeaveNothingToTrainOnAreToldByWhatTheyAre() {
    NeuralRanker ranker = Logs.ranker().setFeatureCols("price");

    assertThatThrownBy(() -> ranker.fit(table.limit(0)))
        .hasMessage("there is nothing to train on: the DataFrame has no rows");
    assertThatThrownBy(() -> Logs.ranker().fit(table.limit(0)))
        .hasMessage("column 'features' has no row with values, so that their number is not known");
    assertThatThrownBy(
            () ->
                ranker
                    .copy(org.apache.spark.ml.param.ParamMap.empty())
                    .setValidationIndicatorCol("holdout")
                    .fit(table.withColumn("holdout", functions.lit(true))))
        .hasMessage(
            "there is nothing to train on: no row has validationIndicatorCol 'holdout' false");
    assertThatThrownBy(
            () ->
                ranker
                    .copy(org.apache.spark.ml.param.ParamMap.empty())
                    .setOption("data.on_corrupt_record", "skip")
                    .fit(table.limit(3).withColumn("price", functions.lit(Double.NaN))))
        .hasMessage("there is nothing to train on: no list can be made of any of 3 rows");
    assertThatThrownBy(
            () -> ranker.fit(table.withColumn("qid", functions.monotonically_increasing_id())))
        .hasMessageMatching(
            "'train rows of a DataFrame': none of \\d+ lists has more than one item, so there is"
                + " nothing to rank; check what tells queries apart");
    assertThatThrownBy(() -> ranker.fit(table.withColumn("label", functions.lit(0))))
        .hasMessageMatching(
            "'train rows of a DataFrame': label 'label' is not above 0 in any of 12 lists, so there"
                + " is nothing to rank by");
    assertThatThrownBy(() -> ranker.fit(table.withColumn("label", functions.lit(-1.0))))
        .hasMessageContaining("label 'label' has no value of 0 or more in any of 12 lists");
  }

  @Test
  void aLabelIsAFiniteNumberInEveryRow() {
    for (String label : List.of("double('NaN')", "double('Infinity')", "cast(null AS double)")) {
      assertThatThrownBy(() -> Logs.ranker().fit(table.withColumn("label", functions.expr(label))))
          .hasMessageContaining(
              "': column 'label' is "
                  + label.replaceAll(".*'(.*)'.*|.*", "$1").replaceAll("^$", "null"))
          .hasMessageContaining("; the row is {qid=")
          .hasMessageEndingWith("and %d more rows".formatted(table.count() - 10));
    }
  }

  @Test
  void aPathThatSparkWouldNotReadAgainIsRefused() {
    String path = folder + "/a,b";

    for (MLWritable stage :
        List.of(model, Logs.ranker(), new QueryFolds(), new RankingEvaluator())) {
      assertThatThrownBy(() -> stage.save(path))
          .hasMessage(
              "cannot save to '%s': Spark would not find it again, since , [ ] { } * ? and \\ in a path make it a pattern; name another"
                  .formatted(path));
    }
    assertThatThrownBy(() -> Logs.ranker().setStagingDir(path).fit(table))
        .hasMessageStartingWith("lists cannot lie in '%s'".formatted(path));
  }

  @Test
  void aFaultyConfigurationIsToldBeforeDataIsRead() {
    assertThatThrownBy(() -> Logs.ranker().setNumEpochs(0).setLoss("softmx_loss").fit(table))
        .hasMessageContaining("pipeline.num_epochs")
        .hasMessageContaining("softmax_loss");
    assertThatThrownBy(() -> Logs.ranker().setStrategy("TPUStrategy").fit(table))
        .hasMessageContaining("strategy TPUStrategy needs a TPU backend");
  }

  @Test
  void moreWorkersThanSlotsAreRefusedBeforeDataIsRead() {
    NeuralRanker ranker =
        Logs.ranker().setStrategy("MultiWorkerMirroredStrategy").setFeatureCols("price");
    Dataset<Row> unread =
        table.withColumn("price", functions.expr("cast(raise_error('read') AS double)"));

    assertThatThrownBy(() -> ranker.setNumWorkers(3).fit(unread))
        .hasMessage(
            "strategy_options.num_workers is 3, but the application has 2 slots (master local[2]);"
                + " ask for fewer workers, or for more executors or cores");
    assertThatThrownBy(() -> ranker.setNumWorkers(0).fit(unread))
        .hasMessage("strategy_options.num_workers must be a whole number of 1 or more, got 0");
  }

  @Test
  void aFitNeverGoesOnWhereAnotherEnded() throws IOException {
    Path used = Files.createDirectories(folder.resolve("used"));
    Files.writeString(used.resolve("history.csv"), "");

    assertThatThrownBy(() -> Logs.ranker().setModelDir(used.toString()).fit(table))
        .hasMessage(
            "modelDir '%s' is not empty; each fit needs a folder of its own: name another, or leave modelDir out, as in cross-validation"
                .formatted(used));
  }

  @Test
  void aModelOfAnotherVersionNamesTheWayOut() throws IOException {
    Path saved = folder.resolve("newer");
    model.save(saved.toString());
    Path text = saved.resolve("model/ranking_model.json");
    Files.writeString(
        text,
        Files.readString(text, StandardCharsets.UTF_8)
            .replaceFirst("\"format_version\"\\s*:\\s*\\d+", "\"format_version\": 999"));

    assertThatThrownBy(() -> NeuralRankerModel.load(saved.toString()))
        .hasMessage(
            "%s/model/ranking_model.json: format_version is 999, and this Rankline reads up to 4; load it with the Rankline that wrote it, or a newer one"
                .formatted(saved));
  }

  @Test
  void aStageWithAParamOfAnotherVersionNamesTheWayOut() throws IOException {
    Map<String, MLWritable> stages =
        Map.of("ranker", Logs.ranker(), "folds", new QueryFolds(), "model", model);
    for (Map.Entry<String, MLWritable> stage : stages.entrySet()) {
      Path saved = folder.resolve("other-" + stage.getKey());
      stage.getValue().save(saved.toString());
      Path params = saved.resolve("metadata/part-00000");
      String text = Files.readString(params, StandardCharsets.UTF_8);
      Files.writeString(
          params, text.replace("\"defaultParamMap\":{", "\"defaultParamMap\":{\"later\":1,"));
      Files.deleteIfExists(saved.resolve("metadata/.part-00000.crc"));
      String path = saved.toString();

      assertThatThrownBy(
              () -> {
                switch (stage.getKey()) {
                  case "ranker" -> NeuralRanker.load(path);
                  case "folds" -> QueryFolds.load(path);
                  default -> NeuralRankerModel.load(path);
                }
              })
          .hasMessage(
              "%s: Param later does not exist. Another Rankline saved it: load it with that one, or a newer one"
                  .formatted(path));
    }
  }

  @Test
  void aFaultyRowShowsItsArraysAsTheyAreWritten() {
    Dataset<Row> arrays =
        table.withColumn(
            "features", functions.expr("if(doc = 'd3-1', array(1f, null), array(1f, 2f))"));

    assertThatThrownBy(() -> Logs.ranker().fit(arrays))
        .hasMessage(
            "query '-7': column 'features' holds null among its values; the row is {qid=-7,"
                + " features=[1.0,null], label=%s}".formatted(labelOf("d3-1")));
  }

  @Test
  void foldsAreIntegersOfWholeQueriesAndNeverNull() {
    Dataset<Row> folded = new QueryFolds().setGroupCol("qid").setNumFolds(3).transform(table);

    assertThat(folded.schema().apply("fold").dataType().simpleString()).isEqualTo("int");
    assertThat(folded.groupBy("qid").agg(functions.countDistinct("fold").as("n")).where("n > 1"))
        .satisfies(split -> assertThat(split.count()).isZero());
    assertThat(folded.select("fold").distinct().count()).isEqualTo(3);
    Dataset<Row> withNull =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create("d", null, Vectors.dense(1, 2, 3, 4), 1.0, "b", 1, false)),
                Logs.SCHEMA);
    assertThatThrownBy(
            () -> new QueryFolds().setGroupCol("qid").transform(withNull).select("fold").collect())
        .hasStackTraceContaining(
            "column 'qid', the group, is null in a row, which would be in no fold");
    assertThatThrownBy(() -> new QueryFolds().setGroupCol("qid").transform(folded))
        .hasMessage("there is a column 'fold' already; drop it, or set foldCol to another name");
  }

  @Test
  void evaluationNeedsNumbersInEveryRow() {
    RankingEvaluator evaluator =
        new RankingEvaluator().setGroupCol("qid").setPredictionCol("price");

    assertThat(evaluator.evaluate(table)).isBetween(0.0, 1.0);
    assertThatThrownBy(
            () ->
                evaluator
                    .copy(org.apache.spark.ml.param.ParamMap.empty())
                    .setLabelCol("brand")
                    .evaluate(table))
        .hasMessage("labelCol: column 'brand' must hold numbers, it has type string");
    assertThatThrownBy(
            () ->
                evaluator.evaluate(
                    table.withColumn(
                        "price", functions.expr("nullif(doc, 'd1-1') is not null and price > 5"))))
        .hasMessage("predictionCol: column 'price' must hold numbers, it has type boolean");
    assertThatThrownBy(
            () ->
                evaluator.evaluate(
                    table.withColumn("price", functions.expr("if(doc = 'd1-1', null, price)"))))
        .hasStackTraceContaining(
            "column 'price' is null in a row of query -9; fill or drop such rows first");
    assertThatThrownBy(() -> evaluator.setMetricName("ndgc@5")).hasMessageContaining("ndcg");
  }
}
