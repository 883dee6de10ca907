package io.rankline.pipeline.dataset;

import static io.rankline.pipeline.dataset.WiseFiles.LABEL;
import static io.rankline.pipeline.dataset.WiseFiles.NUMBER;
import static io.rankline.pipeline.dataset.WiseFiles.PRICE;
import static io.rankline.pipeline.dataset.WiseFiles.WISDOM;
import static io.rankline.pipeline.dataset.WiseFiles.first;
import static io.rankline.pipeline.dataset.WiseFiles.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.loss.LossBatch;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossWorkspace;
import io.rankline.model.input.EncodedInputs;
import io.rankline.pipeline.TrainingResult;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasedDatasetBuilderTest {

  @TempDir Path folder;

  private WiseFiles files = new WiseFiles(Path.of("/"));

  @BeforeEach
  void trainABase() throws IOException {
    files = new WiseFiles(folder);
    files.write("train", list(-3, 0.5f, 2), list(1, 4), list(2, 1, 0, 5));
    files.write("valid", list(1, 3, 2), list(0, 7));
    files
        .pipeline(
            WISDOM,
            new SimpleDatasetBuilder(Map.of(), WISDOM, "mask", LABEL, files.hparams()),
            "base")
        .trainAndValidate();
  }

  @Test
  void itemsOfAllDataHaveTheScoreOfTheBaseThoughTheNetworkReadsOtherFeatures() throws IOException {
    BasedDatasetBuilder builder = builder("base");
    float[] scores = base().predict(list(1, 3, 2));

    ListBatch valid = first(builder.buildValidDataset());

    assertThat(valid.layout().exampleWidth()).isEqualTo(3);
    assertThat(valid.layout().exampleDense().get(2).name()).isEqualTo(EncodedInputs.BASE_SCORE);
    for (int i = 0; i < 3; i++) {
      assertThat(valid.examples()[3 * i + 2]).isEqualTo(scores[i]);
    }
    assertThat(first(builder.buildTrainDataset()).layout()).isEqualTo(valid.layout());
    assertThat(builder.servingSpec().examples()).containsOnlyKeys("price", "wisdom");
  }

  @Test
  void validationAndTheExportScoreWithTheBase() throws IOException {
    TrainingResult result =
        files.pipeline(withBase(), builder("base"), "corrected").trainAndValidate();

    SavedRankingModel saved = SavedRankingModel.load(folder + "/corrected/export/latest_model");
    assertThat(saved.requests().examples()).containsOnlyKeys("price", "wisdom");
    assertThat(result.lastEpoch().value("val_loss").orElseThrow())
        .isCloseTo(lossOf(saved), within(1e-6));
    assertThat(lossOf(saved)).isNotCloseTo(lossOf(base()), within(1e-4));
    assertThat(saved.profile().orElseThrow().examples()).containsOnlyKeys("price", "wisdom");
    assertThat(
            Objects.requireNonNull(saved.profile().orElseThrow().examples().get("wisdom"))
                .numbers())
        .startsWith(-3f)
        .endsWith(5f);
    assertThat(result.study().toString()).isNotEmpty();
    assertThat(folder.resolve("corrected/report.html")).content().contains("__base_score__");
  }

  @Test
  void aRunThatGoesOnNeedsTheBaseThatItBeganWith() throws IOException {
    files.pipeline(withBase(), builder("base"), "corrected").trainAndValidate();
    files
        .pipeline(
            WISDOM,
            new SimpleDatasetBuilder(Map.of(), WISDOM, "mask", LABEL, files.hparams()),
            "other")
        .trainAndValidate();
    assertThat(files.pipeline(withBase(), builder("base"), "corrected").trainAndValidate().epochs())
        .hasSize(1);

    assertThatThrownBy(
            () -> files.pipeline(withBase(), builder("other"), "corrected").trainAndValidate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("base");
  }

  @Test
  void whatCannotBeTheBaseIsRefused() {
    assertThatThrownBy(() -> builder("nowhere"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + "/nowhere");
    assertThatThrownBy(
            () ->
                BasedDatasetBuilder.of(
                    Map.of(),
                    Map.of("wisdom", FixedLenFeature.int64(1)),
                    "mask",
                    LABEL,
                    files.hparams(),
                    null,
                    new Base(model("base"))))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the base %s reads the item feature 'wisdom' as %s, this model as %s; make both alike"
                .formatted(model("base"), NUMBER, FixedLenFeature.int64(1)));
    assertThatThrownBy(() -> new Base(" ")).hasMessage("model must name a folder, got none");
  }

  private double lossOf(SavedRankingModel model) {
    List<RankingList> lists = List.of(list(1, 3, 2), list(0, 7));
    double[][] labels = new double[lists.size()][];
    double[][] scores = new double[lists.size()][];
    for (int q = 0; q < lists.size(); q++) {
      float[] found = model.predict(lists.get(q));
      labels[q] = new double[found.length];
      scores[q] = new double[found.length];
      for (int i = 0; i < found.length; i++) {
        labels[q][i] = i;
        scores[q][i] = found[i];
      }
    }
    return LossObjective.parse("softmax_loss")
        .evaluate(LossBatch.ragged(labels, scores).build(), new LossWorkspace())
        .value();
  }

  private SavedRankingModel base() throws IOException {
    return SavedRankingModel.load(model("base"));
  }

  private String model(String run) {
    return folder + "/" + run + "/export/latest_model";
  }

  private static Map<String, FeatureSpec> withBase() {
    Map<String, FeatureSpec> features = new TreeMap<>(PRICE);
    features.put(EncodedInputs.BASE_SCORE, FixedLenFeature.float32(1));
    return features;
  }

  private BasedDatasetBuilder builder(String base) throws IOException {
    return BasedDatasetBuilder.of(
        Map.of(), PRICE, "mask", LABEL, files.hparams(), null, new Base(model(base)));
  }
}
