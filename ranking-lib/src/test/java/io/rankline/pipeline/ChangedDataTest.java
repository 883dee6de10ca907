package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.io.DatasetReader;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.callback.LogProgress;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.DatasetHparamsBuilder;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that finds checkpoints of other data, whether there is something left to train or not. */
class ChangedDataTest {

  private static final String LINES =
      """
      2 qid:1 1:0.5 2:3
      0 qid:1 1:0.1 2:1
      1 qid:1 1:0.2 2:1
      1 qid:2 1:0.7 2:2
      0 qid:2 1:0.2 2:5
      """;

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void trainOnce() throws IOException {
    write("train/part-0", LINES);
    write("valid/part-0", LINES);
    train(data(), hparams());
    said.clear();
  }

  @Test
  void theSameDataIsGoneOnWithWithoutAWord() throws IOException {
    TrainingResult again = train(data(), hparams());
    assertThat(said).containsExactly("nothing is left to train: 2 of 2 epochs are done");
    assertThat(again.epochs()).hasSize(2);

    said.clear();
    train(data(), hparams().numEpochs(3));
    assertThat(said.get(0)).isEqualTo("going on after epoch 2/3, from the last checkpoint");
    assertThat(said.get(1)).startsWith("epoch 3/3");
  }

  @ParameterizedTest
  @CsvSource({
    "train_batch_size, 1, train_batch_size: 2 there and 1 here",
    "list_size, 2, list_size: 0 there and 2 here",
    "valid_list_size, 2, valid_list_size: 0 there and 2 here",
    "convert_labels_to_binary, true, convert_labels_to_binary: false there and true here"
  })
  void anotherWayToReadItIsRefused(String key, String value, String change) throws IOException {
    assertRefused(data().option(key, value), hparams(), change);
    assertRefused(data().option(key, value), hparams().numEpochs(4), change);
  }

  @Test
  void filesThatHaveComeOrGrownAreRefused() throws IOException {
    write("train/part-1", LINES);
    assertRefused(data(), hparams(), "training files: 1 file of ");
    Files.delete(folder.resolve("train/part-1"));

    write("valid/part-0", LINES + "0 qid:2 1:0.3 2:5\n");
    assertRefused(data(), hparams(), "validation files: 1 file of ");
  }

  @Test
  void anotherLabelIsRefused() throws IOException {
    PipelineHparamsBuilder hparams = hparams();

    assertThatThrownBy(() -> pipeline(data(), hparams, "clicks").trainAndValidate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("label: relevance there and clicks here");
  }

  @Test
  void anotherMetricOfTheBestEpochIsRefused() throws IOException {
    assertRefused(
        data(),
        hparams().bestExporterMetric("mrr"),
        "best_exporter_metric: val_loss there and val_metric/mrr here");
  }

  @Test
  void theSameFilesElsewhereAreSaidAndNoMore() throws IOException {
    Path moved = Files.createDirectories(folder.resolve("moved"));
    Files.move(folder.resolve("train/part-0"), moved.resolve("part-0"));
    Files.setLastModifiedTime(
        folder.resolve("valid/part-0"), FileTime.from(Instant.parse("2031-01-02T03:04:05Z")));

    train(data().trainInputPattern(moved.toString()).validBatchSize(1), hparams().numEpochs(3));

    assertThat(said)
        .contains(
            "since the last checkpoint: train_input_pattern: %s there and %s here"
                .formatted(folder.resolve("train"), moved),
            "since the last checkpoint: valid_batch_size: 2 there and 1 here")
        .anyMatch(line -> line.contains("validation files were last written"))
        .anyMatch(line -> line.endsWith(" and 2031-01-02T03:04:05Z here"))
        .anyMatch(line -> line.startsWith("epoch 3/3"));
  }

  @Test
  void whoAllowsItGoesOnAndIsAskedOnce() throws IOException {
    train(data().trainBatchSize(1), hparams().numEpochs(3).option("allow_changes", "true"));
    assertThat(said)
        .contains("since the last checkpoint: train_batch_size: 2 there and 1 here")
        .anyMatch(line -> line.startsWith("epoch 3/3"));

    said.clear();
    train(data().trainBatchSize(1), hparams().numEpochs(4));
    assertThat(said.get(0)).isEqualTo("going on after epoch 3/4, from the last checkpoint");
  }

  @Test
  void aModelDirOfAnEarlierVersionIsGoneOnWith() throws IOException {
    Files.delete(folder.resolve("model/trained_on.json"));

    train(data().trainBatchSize(1), hparams().numEpochs(3));

    assertThat(said.get(0)).isEqualTo("going on after epoch 2/3, from the last checkpoint");
    assertThat(folder.resolve("model/trained_on.json")).isNotEmptyFile();
  }

  private void assertRefused(
      DatasetHparamsBuilder data, PipelineHparamsBuilder hparams, String change) {
    assertThatThrownBy(() -> train(data, hparams))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "%s holds checkpoints of a training with other data or settings: "
                .formatted(folder.resolve("model")))
        .hasMessageContaining(change)
        .hasMessageEndingWith(
            ". Name another model_dir (warm_start = %s begins with the parameters of this one), or go on all the same with pipeline.allow_changes = true"
                .formatted(folder.resolve("model")));
    assertThat(said).isEmpty();
  }

  private void write(String name, String lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }

  private TrainingResult train(DatasetHparamsBuilder data, PipelineHparamsBuilder hparams)
      throws IOException {
    return pipeline(data, hparams, "relevance").trainAndValidate();
  }

  private ModelFitPipeline pipeline(
      DatasetHparamsBuilder data, PipelineHparamsBuilder hparams, String label) {
    Map<String, FixedLenFeature> features =
        Map.of(
            "f_1", FixedLenFeature.float32(1).withDefault(0f),
            "f_2", FixedLenFeature.float32(1).withDefault(0f));
    return new SimplePipeline(
            new ModelBuilder(
                new FeatureSpecInputCreator(Map.of(), features),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder().hiddenLayerDims(2).useBatchNorm(false).dropout(0).build(),
                "__list_mask__",
                "test"),
            new SimpleDatasetBuilder(
                Map.of(),
                features,
                "__list_mask__",
                LabelSpec.of(label, FixedLenFeature.float32(1).withDefault(-1f)),
                data.build()),
            hparams.build())
        .withProgress(new LogProgress(said::add));
  }

  private DatasetHparamsBuilder data() {
    return DatasetHparams.builder()
        .trainInputPattern(folder.resolve("train").toString())
        .validInputPattern(folder.resolve("valid").toString())
        .datasetReader(DatasetReader.LIBSVM)
        .trainBatchSize(2)
        .validBatchSize(2);
  }

  private PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("model").toString())
        .numEpochs(2)
        .loss("softmax_loss")
        .exportBestModel(true);
  }
}
