package io.rankline.export.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.profile.InputProfile;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.transform.Transform;
import io.rankline.model.ListScorer;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ParityTest {

  private static final RecordSpec FEATURES =
      RecordSpec.of(
          Map.of("hour", FixedLenFeature.float32()),
          Map.of(
              "price",
              FixedLenFeature.float32().withDefault(Float.NaN),
              "colour",
              FixedLenFeature.float32(),
              "title",
              new VarLenFeature(DType.STRING)));

  @Test
  void ofTheSameScoresAllAreTheSameBits() throws IOException {
    Parity parity = parity(values -> values);

    assertThat(parity.holds()).isTrue();
    assertThat(parity.largestDifference()).isZero();
    assertThat(parity.sameBits()).isEqualTo(parity.scores()).isEqualTo(parity.items());
    assertThat(parity.rankChanges()).isZero();
  }

  @Test
  void aDifferenceIsTakenRelativeToLargeScoresAndRankChangesAreCounted() throws IOException {
    Parity parity =
        parity(
            values -> {
              float[] off = values.clone();
              for (int i = 0; i < off.length; i++) {
                off[i] = -off[i];
              }
              return off;
            });

    assertThat(parity.holds()).isFalse();
    assertThat(parity.largestDifference()).isBetween(1e-3, 2.0);
    assertThat(parity.rankChanges()).isBetween(90L, 100L);
    assertThat(parity.render("onnx"))
        .contains("\"format\" : \"onnx\"", "\"lists\" : 100", "\"tolerance\" : 1.0E-5");
  }

  @Test
  void scoresThatAreNoNumbersDoNotPass() throws IOException {
    Parity parity =
        parity(
            values -> {
              float[] off = values.clone();
              off[off.length - 1] = Float.NaN;
              return off;
            });

    assertThat(parity.holds()).isFalse();
  }

  @Test
  void anEngineThatForgetsAnItemIsFound() {
    assertThatThrownBy(() -> parity(values -> Arrays.copyOf(values, values.length - 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("the engine has \\d+ scores where the model has \\d+");
  }

  @Test
  void listsAreDrawnFromTheProfileOfTheTrainingData() throws IOException {
    RankingModel model = model();
    EngineModel madeUp = EngineModel.of(SavedRankingModel.of(export(model).build()));
    List<RankingList> seen = ParityLists.of(madeUp, 7).lists();
    InputProfile.Builder profile = new InputProfile.Builder(FEATURES.layout());
    seen.forEach(profile::add);
    EngineModel profiled =
        EngineModel.of(SavedRankingModel.of(export(model).profile(profile.build()).build()));

    ParityLists drawn = ParityLists.of(profiled, 50);

    assertThat(drawn.source()).isEqualTo("the profile of the training data");
    assertThat(drawn.lists()).hasSize(50);
    assertThat(ParityLists.of(profiled, 50).lists())
        .as("the same lists each time")
        .map(RankingList::examples)
        .containsExactlyElementsOf(drawn.lists().stream().map(RankingList::examples).toList());
    List<Integer> sizes = seen.stream().map(RankingList::size).toList();
    List<Float> hours = seen.stream().map(list -> list.context()[0]).toList();
    assertThat(drawn.lists())
        .allSatisfy(
            list -> {
              assertThat(list.size()).isIn(sizes);
              assertThat(list.context()[0]).isIn(hours);
            });
  }

  private static Parity parity(UnaryOperator<float[]> engineError) throws IOException {
    SavedRankingModel saved = SavedRankingModel.of(export(model()).build());
    ListScorer engine =
        lists -> {
          List<SortedMap<String, float[]>> scores = saved.predictAll(lists);
          return scores.stream()
              .<SortedMap<String, float[]>>map(
                  tasks -> {
                    SortedMap<String, float[]> off = new TreeMap<>();
                    tasks.forEach((task, values) -> off.put(task, engineError.apply(values)));
                    return off;
                  })
              .toList();
        };
    ParityLists lists = ParityLists.of(EngineModel.of(saved), 100);
    return Parity.of(saved, engine, lists.lists(), lists.source(), 1e-5);
  }

  private static ModelExport.Builder export(RankingModel model) {
    return ModelExport.builder(
        model,
        FEATURES.withLabels(LabelSpec.of("utility", FixedLenFeature.float32().withDefault(-1f))));
  }

  private static RankingModel model() {
    return new ModelBuilder(
            new FeatureSpecInputCreator(FEATURES.context(), FEATURES.examples()),
            PreprocessorWithSpec.builder()
                .defaultValue("price", 3f)
                .transform("price", Transform.LOG1P)
                .transform("colour", Transform.clip(0, 3), Transform.bucketize(1f, 2f))
                .embedding("title", Embedding.of(new HashBuckets(5), 3))
                .build(),
            DNNScorer.builder().hiddenLayerDims(4).build(),
            "mask",
            "parity")
        .build(TrainingSettings.builder().loss("softmax_loss").seed(7).build());
  }
}
