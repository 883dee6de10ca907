package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} says of data and settings that nothing can be learned with. */
class BadInputTest {

  private static final String GOOD =
      """
      2 qid:1 1:0.5 7:3
      0 qid:1 1:0.1 7:1
      1 qid:2 1:0.7 7:2
      0 qid:2 1:0.2 7:5
      """;

  @TempDir Path folder;

  @Test
  void aLossThatBecomesNoNumberStopsTheRunAndItsLastCheckpointCanBeExported() throws IOException {
    CommandRun run =
        train(
            "pipeline.num_epochs=4",
            "pipeline.lr_schedule={name = piecewise_constant_decay, boundaries = [6], values ="
                + " [0.001, 1e30]}");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("rankline: the loss of step 9 is NaN: score of list 0, item 0 must be finite")
        .contains("; its batch holds lists 33 to 36 in the order of training")
        .contains("; the largest feature value, ")
        .contains("Lower the learning rate")
        .doesNotContain("Exception");
    assertThat(folder.resolve("model/checkpoints").toFile().list())
        .contains("step-000000000006")
        .doesNotContain("step-000000000009");
    CommandRun exported =
        CommandRun.of(
            "export",
            "--model-dir",
            folder.resolve("model"),
            "-o",
            folder.resolve("served"),
            "--which",
            "checkpoint");
    assertThat(exported.status()).as(exported.err()).isZero();
    SavedRankingModel model = SavedRankingModel.load(folder.resolve("served").toString());
    float[] scores = model.predict(Map.of(), List.of(Map.of("custom_features_1", 3f), Map.of()));
    assertThat(Float.isFinite(scores[0]) && Float.isFinite(scores[1])).isTrue();
    assertThat(model.metrics()).containsKey("val_loss");
  }

  @Test
  void anUpdateThatBreaksTheParametersIsNotKept() throws IOException {
    // The last step before a checkpoint has a loss, and leaves parameters that are no numbers.
    CommandRun run =
        train(
            "pipeline.checkpoint_steps=1",
            "pipeline.optimizer=sgd",
            "pipeline.lr_schedule={name = piecewise_constant_decay, boundaries = [2], values ="
                + " [0.001, 1e39]}");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(
            "rankline: the update of step 4 made parameters that are not finite; its batch holds"
                + " lists 13 to 16 in the order of training");
    assertThat(folder.resolve("model/checkpoints").toFile().list())
        .contains("step-000000000003")
        .doesNotContain("step-000000000004");
  }

  @Test
  void aHugeFeatureIsNamed() throws IOException {
    CommandRun run = trainOn(GOOD.replace("7:5", "7:1e30"), GOOD);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("rankline: the update of step 1 made parameters that are not finite; its batch")
        .containsPattern(
            "the largest feature value, 1.0E30 after transforms, is 'custom_features_7' of list"
                + " [12], item 2 of the batch");
    CommandRun exported =
        CommandRun.of(
            "export",
            "--model-dir",
            folder.resolve("model"),
            "-o",
            folder.resolve("served"),
            "--which",
            "checkpoint");
    assertThat(exported.err())
        .isEqualTo("rankline: %s holds no checkpoint%n".formatted(folder.resolve("model")));
  }

  @Test
  void labelsThatAreAllZeroAreRefused() throws IOException {
    String zero = GOOD.replaceAll("(?m)^[12] ", "0 ");

    assertFails(
        trainOn(zero, GOOD),
        "'%s': label 'utility' is not above 0 in any of 2 lists, so there is nothing to rank by"
            .formatted(folder.resolve("train.txt")));
    assertFails(
        trainOn(GOOD, zero),
        "'%s': label 'utility' is not above 0 in any of 2 lists, so there is nothing to rank by"
            .formatted(folder.resolve("valid.txt")));
  }

  @Test
  void aLabelThatTheDataLacksIsRefused() throws IOException {
    CommandRun run = train("data.features.label.name=clicks");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("rankline: ")
        .contains("label 'clicks'")
        .contains("/data/valid");
    assertThat(folder.resolve("model/checkpoints")).doesNotExist();
  }

  @Test
  void anEmptyValidationSetIsToldBeforeTraining() throws IOException {
    Files.createFile(folder.resolve("empty.tfrecord"));
    String empty = folder.resolve("empty.tfrecord").toString();

    assertFails(
        train("data.valid_input_pattern=" + empty),
        "'%s' holds no list that can be read (1 files)".formatted(empty));
    assertFails(
        train("data.test_input_pattern=" + empty),
        "'%s' holds no list that can be read (1 files)".formatted(empty));
  }

  @Test
  void aPatternThatNamesNothingIsToldBeforeTraining() throws IOException {
    for (String key : List.of("train", "valid", "test")) {
      CommandRun run = train("data.%s_input_pattern=%s/no-*".formatted(key, folder));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).startsWith("rankline: ").contains(folder + "/no-*");
      assertThat(folder.resolve("model/checkpoints")).doesNotExist();
    }
  }

  private void assertFails(CommandRun run, String message) {
    assertThat(run.err()).isEqualTo("rankline: %s%n".formatted(message));
    assertThat(run.status()).isEqualTo(1);
    assertThat(folder.resolve("model/checkpoints")).doesNotExist();
  }

  private CommandRun trainOn(String training, String validation) throws IOException {
    Files.writeString(folder.resolve("train.txt"), training);
    Files.writeString(folder.resolve("valid.txt"), validation);
    Path file = SmallRun.write(folder);
    Files.writeString(
        file, Files.readString(file).replace("preprocess { all_examples = log1p }", ""));
    return run(
        file,
        "data.dataset_reader=libsvm",
        "data.train_input_pattern=" + folder.resolve("train.txt"),
        "data.valid_input_pattern=" + folder.resolve("valid.txt"));
  }

  private CommandRun train(String... overrides) throws IOException {
    return run(SmallRun.write(folder), overrides);
  }

  private static CommandRun run(Path file, String... overrides) {
    List<Object> arguments = new ArrayList<>(List.of("train", file));
    for (String override : overrides) {
      arguments.add("--set");
      arguments.add(override);
    }
    return CommandRun.of(arguments.toArray());
  }
}
