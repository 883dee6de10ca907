package io.rankline.keras;

import static io.rankline.keras.GoldenTowers.ROWS;
import static io.rankline.keras.GoldenTowers.dnn;
import static io.rankline.keras.GoldenTowers.file;
import static io.rankline.keras.GoldenTowers.model;
import static io.rankline.keras.GoldenTowers.normed;
import static io.rankline.keras.GoldenTowers.plain;
import static io.rankline.keras.GoldenTowers.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFile.Order;
import io.rankline.model.RankingModel;
import io.rankline.model.scorer.DNNScorer;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** Files that do not fit a model, and what is said of them. */
class TowerFaultsTest {

  @Test
  void aDifferentNumberOfLayersIsSaidWithTheWayOut() {
    assertThatThrownBy(() -> match(plain(5).build(), "plain.weights.h5"))
        .hasMessageMatching(
            "the model takes 2 dense layers \\(hidden_1, score_head\\), the file has 3 dense layers"
                + " \\(dense\\S*, dense_\\d+, dense_\\d+\\); hidden_layer_dims = \\[4, 3] would fit"
                + " the file");
    assertThatThrownBy(() -> match(plain(4, 3).build(), "exported"))
        .hasMessage(
            "the model takes 0 batch norms (none), the file has 3 batch norms"
                + " (sequential/batch_normalization, sequential/batch_normalization_1,"
                + " sequential/batch_normalization_2); set use_batch_norm and input_batch_norm as"
                + " they were there");
  }

  @Test
  void everyTensorOfAnotherShapeIsNamed() {
    assertThatThrownBy(() -> match(plain(4, 5).build(), "checkpoints/model.ckpt-7"))
        .hasMessageContaining("the model takes 3 dense layers");
    assertThatThrownBy(() -> match(plain(5).build(), "checkpoints/model.ckpt-7"))
        .hasMessage(
            "hidden_1: bias 'dense/bias' has shape [3], the model needs [5]; hidden_1: kernel"
                + " 'dense/kernel' has shape [4, 3], the model needs [4, 5]; score_head: kernel"
                + " 'dense_1/kernel' has shape [3, 1], the model needs [5, 1]");
  }

  @Test
  void aKernelOfWholeNumbersIsNamed() {
    assertThatThrownBy(() -> match(plain(4, 3, 2).build(), "checkpoints/types-1"))
        .hasMessage(
            "the model takes 4 dense layers (hidden_1, hidden_2, hidden_3, score_head), the file"
                + " has 3 dense layers (dense, dense_1, split); of another type are"
                + " quantized/kernel (int8)");
  }

  @Test
  void halfABatchNormIsRefused() {
    assertThatThrownBy(
            () ->
                TowerImport.of(model(normed().build()), normed().build())
                    .match(
                        changed(
                            "exported",
                            tensor ->
                                tensor.name().endsWith("batch_normalization_1/moving_mean")
                                    ? new StoredTensor("other/part", List.of(), new float[1])
                                    : tensor)))
        .hasMessage(
            "layer 'sequential/batch_normalization_1' has beta, gamma, moving_variance and is no"
                + " batch norm, which has moving_mean and moving_variance, and gamma and beta or"
                + " not");
  }

  @Test
  void numbersThatAreNoneAreNamedByTheirPlace() {
    assertThatThrownBy(
            () ->
                TowerImport.of(model(normed().build()), normed().build())
                    .match(
                        changed(
                            "exported",
                            tensor -> {
                              float[] values = tensor.values().clone();
                              if (tensor.name().equals("sequential/dense/kernel")) {
                                values[5] = Float.NaN;
                              }
                              if (tensor.name().endsWith("normalization_2/moving_variance")) {
                                values[1] = -1;
                              }
                              return new StoredTensor(tensor.name(), tensor.shape(), values);
                            })))
        .hasMessage(
            "tensor 'sequential/dense/kernel' must be finite, got NaN at place 5; tensor"
                + " 'sequential/batch_normalization_2/moving_variance' must be finite and 0 or"
                + " more, got -1.0 at place 1");
  }

  @Test
  void whatTheNetworkComputesIsComparedWhereTheFileSaysIt() {
    assertThatThrownBy(() -> match(dnn(4, 3).build(), "trained.keras"))
        .hasMessage(
            "hidden layers of the file have activation tanh, the model relu; set activation ="
                + " tanh");
  }

  /** Keras's gelu is exact, DL4J's an approximation: 0.01 apart in a score. */
  @Test
  void activationsThatAreOtherFunctionsAreRefused() {
    assertThatThrownBy(
            () -> match(plain(4, 3).activation(Activation.GELU).build(), "plain.weights.h5"))
        .hasMessage(
            "activation gelu is another function in Keras; the same are elu, identity, mish, relu,"
                + " relu6, selu, sigmoid, softplus, softsign, swish, tanh");
  }

  @Test
  void headsThatNamesDoNotTellApartAreAskedFor() throws IOException {
    DNNScorer scorer = plain(3).tasks("likes", "orders").build();

    assertThatThrownBy(() -> match(scorer, "tasks.keras"))
        .hasMessage(
            "names do not tell which layer is the head of which task; say it with --map"
                + " likes_head=LAYER, layers are shared, buy, click");

    RankingModel model = model(scorer);
    TowerImport.of(model, scorer)
        .map("likes_head", "click")
        .map("orders_head", "buy")
        .match(file("tasks.keras"))
        .apply();
    assertThat(scores(model, "likes", ROWS))
        .containsExactly(scores("scores.csv", "tasks", "click"), within(1e-5f));
  }

  @Test
  void namesOfTheMapAreChecked() {
    DNNScorer scorer = plain(3).build();

    assertThatThrownBy(
            () ->
                TowerImport.of(model(scorer), scorer)
                    .map("hidden_2", "dense")
                    .map("hidden_1", "dens")
                    .match(file("checkpoints/model.ckpt-7")))
        .hasMessageContaining("map: the file has no layer 'dens'; it has dense, dense/bias, ")
        .hasMessageContaining(
            "map: the model has no layer 'hidden_2'; it has hidden_1, score_head");
  }

  /** Sorted by name, "first" comes before "second"; but so does "input" before "output". */
  @Test
  void layersOfOneShapeWhoseOrderIsUnknownAreAskedFor() {
    TensorFile file =
        new TensorFile(
            List.of(kernel("middle", 4, 4), kernel("outer", 4, 4), kernel("top", 4, 1)),
            List.of(),
            Order.BY_NAME,
            "");
    DNNScorer scorer = plain(4, 4).build();

    assertThatThrownBy(() -> TowerImport.of(model(scorer), scorer).match(file))
        .hasMessage(
            "layers middle, outer have the same shape, and the file does not say which comes first;"
                + " say it with --map");
    assertThat(
            TowerImport.of(model(scorer), scorer)
                .map("hidden_1", "outer")
                .map("hidden_2", "middle")
                .match(file)
                .rows()
                .get(0)
                .tensor())
        .isEqualTo("outer/kernel");
  }

  @Test
  void featuresMayStandInAnotherOrderThere() throws IOException {
    DNNScorer scorer = plain(4, 4).activation(Activation.IDENTITY).build();
    TensorFile bare = file("bare");
    RankingModel straight = model(scorer);
    RankingModel turned = model(scorer);

    TowerImport.of(straight, scorer).match(bare).apply();
    TowerMatch match =
        TowerImport.of(turned, scorer)
            .features(List.of("clicks", "query_length", "bm25"))
            .match(
                changed(
                    "bare",
                    tensor -> tensor.name().endsWith("dense_3/kernel") ? turned(tensor) : tensor));
    match.apply();

    assertThat(match.hasSameOrder()).isFalse();
    assertThat(scores(turned, "score", ROWS)).containsExactly(scores(straight, "score", ROWS));
    assertThatThrownBy(
            () ->
                TowerImport.of(turned, scorer)
                    .features(List.of("clicks", "clicks", "bm52"))
                    .match(bare))
        .hasMessage(
            "feature order must name each feature of the model once: 'clicks' is named twice;"
                + " 'bm52' is no feature; it lacks query_length, bm25");
  }

  /** With another epsilon the variances are as if they were that much larger. */
  @Test
  void anotherEpsilonIsCarriedOver() throws IOException {
    DNNScorer scorer = normed().build();
    RankingModel small = model(scorer);
    RankingModel large = model(scorer);
    UnaryOperator<StoredTensor> wider =
        tensor -> {
          float[] values = tensor.values().clone();
          for (int i = 0; tensor.role().equals("moving_variance") && i < values.length; i++) {
            values[i] += 0.5f;
          }
          return new StoredTensor(tensor.name(), tensor.shape(), values);
        };

    TowerImport.of(small, scorer).match(changed("exported", wider)).apply();
    TowerImport.of(large, scorer).epsilon(0.501).match(file("exported")).apply();

    assertThat(scores(large, "score", ROWS))
        .containsExactly(scores(small, "score", ROWS), within(1e-5f));
    assertThatThrownBy(() -> TowerImport.of(small, scorer).epsilon(Double.NaN))
        .hasMessage("epsilon must be above 0, got NaN");
  }

  private static void match(DNNScorer scorer, String name) throws IOException {
    TowerImport.of(model(scorer), scorer).match(file(name));
  }

  private static TensorFile changed(String name, UnaryOperator<StoredTensor> change)
      throws IOException {
    TensorFile file = file(name);
    return new TensorFile(
        file.tensors().stream().map(change).toList(),
        file.leftOut(),
        file.order(),
        file.modelConfig());
  }

  /** The rows of a kernel for rows of clicks, query_length, bm25. */
  private static StoredTensor turned(StoredTensor kernel) {
    int width = kernel.shape().get(1);
    float[] values = new float[kernel.values().length];
    int[] from = {2, 3, 0, 1};
    for (int i = 0; i < from.length; i++) {
      System.arraycopy(kernel.values(), from[i] * width, values, i * width, width);
    }
    return new StoredTensor(kernel.name(), kernel.shape(), values);
  }

  private static StoredTensor kernel(String layer, int rows, int columns) {
    return new StoredTensor(layer + "/kernel", List.of(rows, columns), new float[rows * columns]);
  }
}
