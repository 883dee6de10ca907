package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.explanation.Baseline;
import io.rankline.pipeline.explanation.TaskStudy;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareWithTest {

  private static final ModelLists FOUR = new ModelLists(4, 1, 4, "relevance");
  private static final ModelLists THREE = new ModelLists(4, 1, 3, "relevance");

  @TempDir Path folder;

  @Test
  void anEarlierRunThatIsNotThereIsToldBeforeTraining() {
    assertThatThrownBy(() -> train(FOUR, "new", "nowhere"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "compare_with: %s holds no model: neither an export, nor best/, export/ or checkpoints/"
                    .formatted(folder.resolve("nowhere"))
                + " of a training");
    assertThat(folder.resolve("new/checkpoints")).doesNotExist();
  }

  @Test
  void anEarlierModelScoresTheSameLists() throws IOException {
    train(FOUR, "old", null);

    TaskStudy study = train(FOUR, "new", "old").study().tasks().get(0);

    assertThat(study.baselines()).extracting(Baseline::name).contains("earlier run");
    assertThat(study.earlierFault()).isEmpty();
  }

  @Test
  void anEarlierModelOfOtherFeaturesIsToldInTheReport() throws IOException {
    train(FOUR, "old", null);

    TaskStudy study = train(THREE, "new", "old").study().tasks().get(0);

    assertThat(study.baselines()).extracting(Baseline::name).doesNotContain("earlier run");
    assertThat(study.earlierFault()).contains("item_3");
    assertThat(Files.readString(folder.resolve("new/report.html")))
        .contains("Its model cannot score the validation data of this run: ");
  }

  private TrainingResult train(ModelLists lists, String name, @Nullable String earlier)
      throws IOException {
    PipelineHparamsBuilder hparams =
        PipelineHparams.builder()
            .modelDir(folder.resolve(name).toString())
            .loss("softmax_loss")
            .numEpochs(1);
    if (earlier != null) {
      hparams.option("compare_with", folder.resolve(earlier).toString());
    }
    return new SimplePipeline(
            new ModelBuilder(
                lists.inputCreator(),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder().hiddenLayerDims(4).build(),
                "__list_mask__",
                "test"),
            NullDatasetBuilder.ofLists(
                lists.lists(16, 8),
                lists.lists(16, 8),
                lists.spec(),
                DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(8).build()),
            hparams.build())
        .trainAndValidate();
  }
}
