package io.rankline.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fits and scores on two executor processes of two slots each. */
@Tag("executors")
class NeuralRankerOnExecutorsTest {

  private static Dataset<Row> table;

  @BeforeAll
  static void start() {
    SparkSession spark = ExecutorSpark.start(2, 2, Map.of());
    table = spark.createDataFrame(Logs.rows(40, 31), Logs.SCHEMA).repartition(6);
  }

  @Test
  void oneWorkerAndFourComeToTheSameModelAndItScoresThere() {
    // Softmax and pairwise losses do not see the bias of the output, so that Adam moves it by what
    // rounding leaves of its gradient; this loss does.
    NeuralRanker ranker =
        Logs.ranker().setStrategy("MultiWorkerMirroredStrategy").setLoss("mean_squared_loss");
    NeuralRankerModel one = ranker.setNumWorkers(1).fit(table);
    NeuralRankerModel four = ranker.setNumWorkers(4).fit(table);

    float[] expected = ModelState.of(one.saved().model().graph()).parameters();
    float[] parameters = ModelState.of(four.saved().model().graph()).parameters();
    assertThat(parameters).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(parameters[i]).as("parameter " + i).isCloseTo(expected[i], within(1e-5f));
    }
    List<Row> scored = four.transform(table).orderBy("doc").collectAsList();
    List<Row> again = four.transform(table.repartition(3)).orderBy("doc").collectAsList();
    assertThat(scored).isEqualTo(again).hasSize((int) table.count());
  }

  /** What others get wrong: xgboost's issue 8608. */
  @Test
  void theMetricOfValidationIsThatOfTheWholeQueriesForAnyNumberOfWorkers() {
    NeuralRanker ranker =
        Logs.ranker()
            .setStrategy("MultiWorkerMirroredStrategy")
            .setValidationIndicatorCol("holdout");
    RankingEvaluator evaluator = new RankingEvaluator().setGroupCol("qid");
    for (int workers : new int[] {1, 4}) {
      NeuralRankerModel model = ranker.setNumWorkers(workers).fit(table);

      double measured = model.epochs().get(0).value("val_metric/ndcg_10").orElseThrow();
      double expected = evaluator.evaluate(model.transform(table.where("holdout")));
      assertThat(measured).as(workers + " workers").isCloseTo(expected, within(1e-6));
    }
  }
}
