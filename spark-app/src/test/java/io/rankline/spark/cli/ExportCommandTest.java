package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Storage;
import io.rankline.pipeline.ModelDir;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {

  private static final List<Map<String, Float>> ITEMS =
      List.of(Map.of("custom_features_1", 3f), Map.of("custom_features_2", 40f), Map.of());

  @TempDir Path folder;

  @BeforeEach
  void train() throws IOException {
    CommandRun run = CommandRun.of("train", SmallRun.write(folder));
    assertThat(run.status()).as(run.err()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "best, model/best",
    "latest, model/export/latest_model",
  })
  void anExportScoresAsTheModelThatItIs(String which, String original) throws IOException {
    CommandRun run = export("--which", which);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "exported %s%n      to %s%n"
                .formatted(folder.resolve(original), folder.resolve("served")));
    SavedRankingModel exported = load("served");
    SavedRankingModel expected = load(original);
    assertThat(exported.predict(Map.of(), ITEMS)).isEqualTo(expected.predict(Map.of(), ITEMS));
    assertThat(exported.metrics()).isEqualTo(expected.metrics()).containsKey("val_loss");
    assertThat(exported.configuration()).isEqualTo(expected.configuration()).isNotEmpty();
    assertThat(exported.servingDefault()).isEqualTo(SignatureName.REGRESS);
  }

  @Test
  void aCheckpointIsExportedWithTheMetricsOfItsEpoch() throws IOException {
    CommandRun run = export("--which", "checkpoint");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(load("served").predict(Map.of(), ITEMS))
        .isEqualTo(load("model/export/latest_model").predict(Map.of(), ITEMS));
    assertThat(load("served").metrics()).isEqualTo(load("model/export/latest_model").metrics());
  }

  @Test
  void theDefaultSignatureIsChosen() throws IOException {
    CommandRun run = export("--serving-default", "predict");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(load("served").servingDefault()).isEqualTo(SignatureName.PREDICT);
    assertThat(export("--force", "--serving-default", "rank").err())
        .startsWith(
            "rankline: --serving-default: serving_default must be one of predict, regress, got"
                + " 'rank'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"tensorflow, saved_model.pb", "onnx, model.onnx"})
  void anExportForAnotherEngineIsProvenOnListsOfTheTrainingsProfile(String format, String file)
      throws IOException {
    CommandRun run = export("--format", format, "--parity-lists", "50");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("parity largest difference", "of 50 lists changed");
    assertThat(folder.resolve("served").resolve(file)).isNotEmptyFile();
    assertThat(folder.resolve("served/parity.json"))
        .content()
        .contains("\"lists\" : 50", "\"lists_from\" : \"the profile of the training data\"");
    assertThat(export("--format", format).err())
        .startsWith("rankline: --output %s/served holds an exported model".formatted(folder));
    assertThat(export("--format", "onnx", "--force").status()).isZero();
  }

  @Test
  void whatAnEngineCannotScoreIsToldWithEveryReason() throws IOException {
    CommandRun trees = export("--format", "trees");

    assertThat(trees.status()).isEqualTo(1);
    assertThat(trees.err())
        .startsWith("rankline: the model cannot be written for trees:%n  ".formatted());
    assertThat(folder.resolve("served")).doesNotExist();
    assertThat(export("--format", "onix").err())
        .startsWith(
            "rankline: --format: unknown format 'onix'; did you mean 'onnx'? Known: rankline, onnx,"
                + " tensorflow, solr, trees");
  }

  @Test
  void anExportIsReplacedOnlyByForce() throws IOException {
    assertThat(export("--which", "latest").status()).isZero();

    CommandRun refused = export("--serving-default", "predict");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "rankline: --output %s holds an exported model; --force replaces it%n"
                .formatted(folder.resolve("served")));
    assertThat(load("served").servingDefault()).isEqualTo(SignatureName.REGRESS);

    assertThat(export("--serving-default", "predict", "--force").status()).isZero();
    assertThat(load("served").servingDefault()).isEqualTo(SignatureName.PREDICT);
  }

  @Test
  void aFolderOfOtherThingsIsNeverReplaced() throws IOException {
    Files.createDirectory(folder.resolve("served"));
    Path letter = Files.writeString(folder.resolve("served/letter.txt"), "dear");

    CommandRun run = export("--force");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: --output %s is not empty and holds no exported model; name another folder%n"
                .formatted(folder.resolve("served")));
    assertThat(letter).hasContent("dear");
  }

  @Test
  void whatIsNotThereIsToldWithTheWayOut() throws IOException {
    Storage.ofClassPath().folder(folder.resolve("model").toString()).delete("export");

    CommandRun run = export("--which", "latest");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            ("rankline: %s holds no latest model, which there is when training has ended; take"
                    + " --which checkpoint%n")
                .formatted(folder.resolve("model")));
    assertThat(
            ModelDir.in(Storage.ofClassPath().folder(folder.resolve("model").toString())).latest())
        .isEmpty();
  }

  private CommandRun export(String... options) {
    Object[] arguments = new Object[options.length + 5];
    arguments[0] = "export";
    arguments[1] = "--model-dir";
    arguments[2] = folder.resolve("model");
    arguments[3] = "--output";
    arguments[4] = folder.resolve("served");
    System.arraycopy(options, 0, arguments, 5, options.length);
    return CommandRun.of(arguments);
  }

  private SavedRankingModel load(String path) throws IOException {
    return SavedRankingModel.load(folder.resolve(path).toString());
  }
}
