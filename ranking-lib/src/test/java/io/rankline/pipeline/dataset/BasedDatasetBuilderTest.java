package io.rankline.pipeline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.loss.LossBatch;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossWorkspace;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasedDatasetBuilderTest {

  private static final FixedLenFeature NUMBER = FixedLenFeature.float32(1).withDefault(0f);
  private static final LabelSpec LABEL =
      LabelSpec.of("clicks", FixedLenFeature.float32(1).withDefault(-1f));
  private static final Map<String, FeatureSpec> PRICE = Map.of("price", NUMBER);
  private static final Map<String, FeatureSpec> WISDOM = Map.of("wisdom", NUMBER);
  private static final RecordSpec WRITTEN =
      RecordSpec.of(Map.of(), Map.of("price", NUMBER, "wisdom", NUMBER)).withLabels(LABEL);

  @TempDir Path folder;

  @BeforeEach
  void trainABase() throws IOException {
    write("train", list(-3, 0.5f, 2), list(1, 4), list(2, 1, 0, 5));
    write("valid", list(1, 3, 2), list(0, 7));
    pipeline(WISDOM, new SimpleDatasetBuilder(Map.of(), WISDOM, "mask", LABEL, hparams()), "base")
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
    TrainingResult result = pipeline(withBase(), builder("base"), "corrected").trainAndValidate();

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
    pipeline(withBase(), builder("base"), "corrected").trainAndValidate();
    pipeline(WISDOM, new SimpleDatasetBuilder(Map.of(), WISDOM, "mask", LABEL, hparams()), "other")
        .trainAndValidate();
    assertThat(pipeline(withBase(), builder("base"), "corrected").trainAndValidate().epochs())
        .hasSize(1);

    assertThatThrownBy(() -> pipeline(withBase(), builder("other"), "corrected").trainAndValidate())
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
                    hparams(),
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
        Map.of(), PRICE, "mask", LABEL, hparams(), null, new Base(model(base)));
  }

  private SimplePipeline pipeline(
      Map<String, FeatureSpec> features, AbstractDatasetBuilder data, String name) {
    return new SimplePipeline(
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(2).useBatchNorm(false).build(),
            "mask",
            name),
        data,
        PipelineHparams.builder()
            .modelDir(folder + "/" + name)
            .numEpochs(1)
            .stepsPerEpoch(2)
            .learningRate(0.1)
            .seed(name.hashCode())
            .loss("softmax_loss")
            .build());
  }

  private DatasetHparams hparams() {
    return DatasetHparams.builder()
        .trainInputPattern(folder + "/train*")
        .validInputPattern(folder + "/valid")
        .trainBatchSize(1)
        .validBatchSize(2)
        .shuffleBufferSize(1)
        .build();
  }

  /** Prices of 10, 20, …, labels of 0, 1, …, and that wisdom. */
  private static RankingList list(float... wisdom) {
    float[] examples = new float[2 * wisdom.length];
    float[] labels = new float[wisdom.length];
    for (int i = 0; i < wisdom.length; i++) {
      examples[2 * i] = 10 * (i + 1);
      examples[2 * i + 1] = wisdom[i];
      labels[i] = i;
    }
    return new RankingList(
        WRITTEN.layout(),
        wisdom.length,
        wisdom.length,
        new float[0],
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  private void write(String name, RankingList... lists) throws IOException {
    try (TfRecordWriter writer = new TfRecordWriter(Files.newOutputStream(folder.resolve(name)))) {
      ElwcEncoder encoder = new ElwcEncoder(WRITTEN);
      for (RankingList list : lists) {
        writer.write(encoder.encode(list));
      }
    }
  }

  private static ListBatch first(RankingDataset dataset) throws IOException {
    try (BatchStream<ListBatch> batches = dataset.open(UnaryOperator.identity(), 0)) {
      return Objects.requireNonNull(batches.next());
    }
  }
}
