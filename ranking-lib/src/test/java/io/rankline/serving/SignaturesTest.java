package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.loss.LossObjective;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.scorer.DNNScorer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  private static final ElwcEncoder ENCODER = new ElwcEncoder(ServedModels.RECORDS);

  private final SavedRankingModel model =
      SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));

  @Test
  void keysAreThoseOfTensorFlowServing() {
    assertThat(new Signatures(model, "regress").keys())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "tensorflow/serving/predict", SignatureName.PREDICT,
                    "tensorflow/serving/regress", SignatureName.REGRESS,
                    "serving_default", SignatureName.REGRESS)));
    assertThat(new Signatures(model, "predict").ofKey("serving_default"))
        .isEqualTo(SignatureName.PREDICT);
    assertThat(model.signatures().ofKey("serving_default")).isEqualTo(SignatureName.REGRESS);
  }

  @Test
  void anotherServingDefaultIsRefused() {
    assertThatThrownBy(() -> new Signatures(model, "classify"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("serving_default must be one of predict, regress, got 'classify'");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThatThrownBy(() -> model.signatures().ofKey("predict"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown signature 'predict'; expected one of serving_default,"
                + " tensorflow/serving/predict, tensorflow/serving/regress");
  }

  @Test
  void predictPadsToTheLongestListOfTheRequest() {
    RankingList three = ServedModels.list(1, 3);
    RankingList none = ServedModels.list(2, 0);
    RankingList five = ServedModels.list(3, 5);

    float[][] outputs =
        Objects.requireNonNull(
            model
                .signatures()
                .predict(List.of(ENCODER.encode(three), ENCODER.encode(none), ENCODER.encode(five)))
                .get("outputs"));

    float padding = (float) Math.log(1e-10);
    float[] scores = model.predict(three);
    assertThat(outputs[0]).containsExactly(scores[0], scores[1], scores[2], padding, padding);
    assertThat(outputs[1]).containsExactly(padding, padding, padding, padding, padding);
    assertThat(outputs[2]).containsExactly(model.predict(five));
  }

  @Test
  void regressHasOneScoreAnExample() {
    RankingList list = ServedModels.list(4, 2);

    assertThat(
            model
                .signatures()
                .regress(List.of(ENCODER.encodeItem(list, 0), ENCODER.encodeItem(list, 1)))
                .get("outputs"))
        .containsExactly(model.predict(list));
    assertThat(model.signatures().regress(List.of()).get("outputs")).isEmpty();
  }

  @Test
  void severalTasksAreOutputsOfTheirOwn() {
    RankingModel twoTasks =
        ServedModels.model(
            DNNScorer.builder().hiddenLayerDims(8).tasks("click", "buy").build(),
            TrainingSettings.builder()
                .loss("click", TaskLoss.of(LossObjective.parse("softmax_loss")))
                .loss("buy", TaskLoss.of(LossObjective.parse("softmax_loss")))
                .build());
    Signatures signatures = SavedRankingModel.of(ServedModels.export(twoTasks)).signatures();
    RankingList list = ServedModels.list(5, 2);

    assertThat(signatures.predict(List.of(ENCODER.encode(list)))).containsOnlyKeys("buy", "click");
    assertThat(signatures.regress(List.of(ENCODER.encodeItem(list, 1))).get("buy"))
        .containsExactly(
            Objects.requireNonNull(signatures.predict(List.of(ENCODER.encode(list))).get("buy"))[0][
                1]);
  }

  @Test
  void aRecordThatCannotBeReadIsNamedByItsPlace() {
    RankingList list = ServedModels.list(6, 1);

    assertThatThrownBy(
            () ->
                model.signatures().predict(List.of(ENCODER.encode(list), new byte[] {10, 100, 1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("input 1: ");
  }
}
