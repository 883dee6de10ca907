package io.rankline.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a configuration that change what a fit is. */
class RankerConfigurationTest {

  @TempDir static Path folder;
  private static Dataset<Row> table;

  @BeforeAll
  static void make() {
    table = Logs.table(24, 31).cache();
  }

  @Test
  void anEnsembleIsTheModelOfTheFitsWithItsSeeds() throws IOException {
    NeuralRankerModel ensemble =
        Logs.ranker().setSeed(7).setConfiguration("pipeline.ensemble { members = 2 }").fit(table);

    List<Folder> exports = new ArrayList<>();
    for (long seed = 7; seed <= 8; seed++) {
      String path = folder.resolve("seed-" + seed).toString();
      Logs.ranker().setSeed(seed).fit(table).save(path);
      exports.add(Storage.ofClassPath().folder(path).folder("model"));
    }
    SavedRankingModel expected = SavedRankingModel.of(EnsembleExport.builder(exports).build());
    List<Row> query =
        ensemble
            .transform(table.where("qid = -9"))
            .select("features", "prediction")
            .collectAsList();
    float[] scores =
        expected.predict(
            Map.of(),
            query.stream()
                .map(row -> Map.of("features", (Object) ((Vector) row.get(0)).toArray()))
                .toList());
    assertThat(scores).hasSizeGreaterThan(1);
    for (int item = 0; item < scores.length; item++) {
      assertThat(query.get(item).getDouble(1)).isEqualTo(scores[item]);
    }
    assertThat(ensemble.epochs()).isEmpty();
  }

  @Test
  void aFaultOfAMemberIsToldBeforeDataIsRead() {
    assertThatThrownBy(
            () ->
                Logs.ranker()
                    .setConfiguration(
                        """
                        pipeline.ensemble {
                          members = 2, overrides = [[], ["pipeline.num_epochs=0"]]
                        }
                        """)
                    .fit(table))
        .hasMessage("pipeline.num_epochs must be 1 or more, got 0");
  }

  @Test
  void aTeachersScoresAreReadWithTheListsThatAreTrainedOn() {
    String teacher = "pipeline.teacher { column = price, labels = softmax, temperature = 0.2 }";
    NeuralRankerModel taught = Logs.ranker().setConfiguration(teacher).fit(table);

    assertThat(taught.saved().records().examples()).containsOnlyKeys("features");
    Dataset<Row> unlike = table.withColumn("price", functions.negate(functions.col("price")));
    assertThat(scores(Logs.ranker().setConfiguration(teacher).fit(unlike)))
        .isNotEqualTo(scores(taught));
    assertThatThrownBy(
            () ->
                Logs.ranker()
                    .setConfiguration(teacher)
                    .fit(table.withColumnRenamed("price", "prize")))
        .hasMessage(
            "pipeline.teacher: there is no column 'price' for the label; columns are prize, doc,"
                + " qid, brand, label, features, holdout");
    assertThatThrownBy(
            () ->
                Logs.ranker()
                    .setConfiguration(teacher)
                    .fit(table.withColumn("price", functions.expr("nullif(doc, 'd3-1')"))))
        .hasMessage(
            "pipeline.teacher: column 'price' must be a number, a label; cast it, or index text"
                + " with a StringIndexer; it has type string");
  }

  @Test
  void whatGrowsTreesIsAskedForBeforeDataIsRead() {
    NeuralRanker ranker =
        new NeuralRanker().setGroupCol("qid").setScorer("{ type = lambdamart, num_round = 5 }");

    assertThatThrownBy(() -> ranker.fit(table))
        .hasMessageStartingWith(
            "scorer lambdamart is trained by XGBoost, which is not on the class path");
    assertThatThrownBy(() -> ranker.setStrategy("ParameterServerStrategy").fit(table))
        .hasMessage(
            "pipeline.strategy ParameterServerStrategy shares out the steps of a network, and"
                + " scorer lambdamart grows trees; take MultiWorkerMirroredStrategy, which grows"
                + " them on executors, or leave strategy out");
  }

  @Test
  void faultsNameKeysAndNoPlaceInATextThatNobodyHasSeen() {
    assertThatThrownBy(() -> Logs.ranker().setNumEpochs(0).setScorer("{ type = dn }").fit(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            model.scorer.type must be one of dnn, gam, dasalc, lambdamart, transformer, document_interaction, got 'dn'
            pipeline.num_epochs must be 1 or more, got 0\
            """);
  }

  private static List<Row> scores(NeuralRankerModel model) {
    return model.transform(table).select("doc", "prediction").orderBy("doc").collectAsList();
  }
}
