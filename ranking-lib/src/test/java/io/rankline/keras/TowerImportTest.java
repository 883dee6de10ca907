package io.rankline.keras;

import static io.rankline.keras.GoldenTowers.ROWS;
import static io.rankline.keras.GoldenTowers.TF_RANKING_ROWS;
import static io.rankline.keras.GoldenTowers.dnn;
import static io.rankline.keras.GoldenTowers.file;
import static io.rankline.keras.GoldenTowers.model;
import static io.rankline.keras.GoldenTowers.modelWithTokens;
import static io.rankline.keras.GoldenTowers.normed;
import static io.rankline.keras.GoldenTowers.plain;
import static io.rankline.keras.GoldenTowers.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rankline.model.RankingModel;
import io.rankline.model.scorer.DNNScorer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** Scores of imported towers are those that TF-Ranking and Keras printed. */
class TowerImportTest {

  /** Sums of float32 in another order, over three layers. */
  private static final float FLOAT32_SUMS = 1e-5f;

  static Stream<Arguments> towersOfKeras() {
    DNNScorer normed = normed().build();
    DNNScorer trained = dnn(4, 3).activation(Activation.TANH).build();
    DNNScorer small = plain(3).build();
    return Stream.of(
        arguments("normed.weights.h5", "normed", normed),
        arguments("exported", "normed", normed),
        arguments("checkpoints/ckpt-1", "normed", normed),
        arguments("trained.keras", "trained", trained),
        arguments("trained.h5", "trained", trained),
        arguments("plain.weights.h5", "plain", plain(4, 3).build()),
        arguments("float16.weights.h5", "float16", small),
        arguments("float64.weights.h5", "float64", small),
        arguments("fields.weights.h5", "fields", plain(3, 3).build()));
  }

  static Stream<Arguments> towersOfTfRanking() {
    DNNScorer tower = normed().build();
    return Stream.of(
        arguments("tf_ranking", "tf_ranking", tower),
        arguments("checkpoints/ckpt-3", "tf_ranking", tower),
        arguments("checkpoints/ckpt-3.index", "tf_ranking", tower),
        arguments("tf_ranking.h5", "tf_ranking", tower),
        arguments("bare", "bare", plain(4, 4).activation(Activation.IDENTITY).build()),
        arguments("checkpoints/model.ckpt-7", "estimator", plain(3).build()),
        arguments("checkpoints/parts-1", "estimator", plain(3).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("towersOfKeras")
  void scoresAreThoseOfKeras(String name, String network, DNNScorer scorer) throws Exception {
    RankingModel model = model(scorer);

    TowerImport.of(model, scorer).match(file(name)).apply();

    assertThat(scores(model, "score", ROWS))
        .containsExactly(scores("scores.csv", network, "score"), within(FLOAT32_SUMS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("towersOfTfRanking")
  void scoresAreThoseOfTfRanking(String name, String network, DNNScorer scorer) throws Exception {
    RankingModel model = model(scorer);

    TowerImport.of(model, scorer).match(file(name)).apply();

    assertThat(scores(model, "score", TF_RANKING_ROWS))
        .containsExactly(scores("tf_ranking.csv", network, "score"), within(FLOAT32_SUMS));
  }

  @Test
  void everyTypeOfFloatsIsTaken() throws Exception {
    DNNScorer scorer = plain(3).build();
    RankingModel model = model(scorer);

    TowerImport.of(model, scorer)
        .map("hidden_1", "dense")
        .map("score_head", "dense_1")
        .match(file("checkpoints/types-1"))
        .apply();

    assertThat(scores(model, "score", TF_RANKING_ROWS))
        .containsExactly(scores("tf_ranking.csv", "types", "score"), within(FLOAT32_SUMS));
  }

  @Test
  void headsGoToTheTasksThatTheyAreNamedAfter() throws Exception {
    DNNScorer ofKeras = plain(3).tasks("click", "buy").build();
    DNNScorer ofTfRanking = plain(4, 3).tasks("click", "buy").build();
    RankingModel keras = model(ofKeras);
    RankingModel tfRanking = model(ofTfRanking);

    TowerImport.of(keras, ofKeras).match(file("tasks.keras")).apply();
    TowerImport.of(tfRanking, ofTfRanking).match(file("two_tasks.h5")).apply();

    for (String task : List.of("click", "buy")) {
      assertThat(scores(keras, task, ROWS))
          .containsExactly(scores("scores.csv", "tasks", task), within(FLOAT32_SUMS));
      assertThat(scores(tfRanking, task, TF_RANKING_ROWS))
          .containsExactly(scores("tf_ranking.csv", "two_tasks", task), within(FLOAT32_SUMS));
    }
  }

  /** TF-Ranking has the token's feature before bm25, and rows here have it at the end. */
  @Test
  void embeddingsAreTakenAndTheFirstLayersRowsPutInOrder() throws Exception {
    DNNScorer scorer = dnn(3).activation(Activation.TANH).build();
    RankingModel model = modelWithTokens(scorer);

    TowerMatch match = TowerImport.of(model, scorer).match(file("embedded"));
    match.apply();

    assertThat(match.hasSameOrder()).isFalse();
    assertThat(scores(model, "score", TF_RANKING_ROWS))
        .containsExactly(scores("tf_ranking.csv", "embedded", "score"), within(FLOAT32_SUMS));
  }
}
