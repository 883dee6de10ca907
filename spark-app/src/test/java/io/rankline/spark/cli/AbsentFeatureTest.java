package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feature that no record holds would be a constant, its default. */
class AbsentFeatureTest {

  private static final String MISSPELT =
      "custom_faetures_7 { dtype = float32, default = 0 }, \"custom_features_{8..136}\"";

  @TempDir Path folder;

  @Test
  void aMisspeltFeatureIsToldBeforeAnyStepWithTheNameThatIsThere() throws IOException {
    CommandRun run = train(MISSPELT);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "/data/train/*.tfrecord': feature 'custom_faetures_7' of the items is in none of the"
                + " 12 lists; there is 'custom_features_7'")
        .contains("data.allow_absent_features = true");
    assertThat(folder.resolve("model/checkpoints")).doesNotExist();
  }

  @Test
  void itsDefaultIsTakenWhereThatIsAsked() throws IOException {
    CommandRun run = train(MISSPELT, "data.allow_absent_features=true", "pipeline.num_epochs=1");

    assertThat(run.status()).as(run.err()).isZero();
  }

  /** Data of sparse lines has no column that is 0 everywhere. */
  @Test
  void aNumberThatLacksInAFamilyIsNoMistake() throws IOException {
    CommandRun run = train("\"custom_features_{1..138}\"", "pipeline.num_epochs=1");

    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void aFeatureOfTheItemsIsNoneOfTheContext() throws IOException {
    CommandRun run =
        train(
            "\"custom_features_{8..136}\"",
            "data.features.context.custom_features_2={dtype = float32, default = 0}");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "feature 'custom_features_2' of the context is in none of the 12 lists; it is a feature"
                + " of the items");
  }

  @Test
  void aMisspeltWeightWouldCountAllItemsAlike() throws IOException {
    CommandRun run =
        train(
            "\"custom_features_{1..136}\"",
            "data.features.weight={name = wieght, dtype = float32, default = 1}");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("feature 'wieght' of the items is in none of the 12 lists");
  }

  @Test
  void evaluateAndScoreWarnOfWhatTheirDataLacks() throws IOException {
    CommandRun trained = train("\"custom_features_{1..136}\"", "pipeline.num_epochs=1");
    assertThat(trained.status()).as(trained.err()).isZero();
    Path other = folder.resolve("other");
    Path elwc = folder.resolve("elwc");
    Files.writeString(
        Files.createDirectories(other).resolve("data.txt"), "1 qid:1 1:2 3:4\n0 qid:1 1:3 3:1\n");
    CommandRun.of(
        "convert", "--from", "libsvm", "--to", "elwc", "--input", other, "--output", elwc);
    Path model = folder.resolve("model/export/latest_model");

    CommandRun evaluated = CommandRun.of("evaluate", "--model", model, "--data", elwc);
    CommandRun scored =
        CommandRun.of(
            "score",
            "--model",
            model,
            "--data",
            "elwc:" + elwc,
            "--output",
            folder.resolve("scores"));

    String warning =
        "Warning: feature 'custom_features_10' of the items is in none of the 1 lists%n"
            .formatted();
    String more =
        "Warning: and so are 124 more features%nAll items have their defaults.%n".formatted();
    assertThat(evaluated.out()).as(evaluated.err()).contains(warning, more);
    assertThat(scored.out()).as(scored.err()).contains(warning, more);
  }

  @Test
  void onLibSvmLinesTheyWarnWhereNoneOfTheFeaturesIsThere() throws IOException {
    CommandRun trained = train("\"custom_features_{1..136}\"", "pipeline.num_epochs=1");
    assertThat(trained.status()).as(trained.err()).isZero();
    Path other = Files.writeString(folder.resolve("other.txt"), "1 qid:1 137:2\n0 qid:1 138:3\n");
    Path some = Files.writeString(folder.resolve("some.txt"), "1 qid:1 136:2\n0 qid:1 138:3\n");
    String warning =
        "Warning: none of the 2 lines has the id of 'custom_features_1', 'custom_features_2',"
            + " 'custom_features_3', 'custom_features_4', 'custom_features_5',"
            + " 'custom_features_6', 'custom_features_7', 'custom_features_8',"
            + " 'custom_features_9', 'custom_features_10' and 126 more%n".formatted()
            + "All items have their defaults.%n".formatted();

    assertThat(evaluateLines(other)).contains(warning);
    assertThat(evaluateLines(some)).doesNotContain("Warning: none");
    assertThat(scoreLines(other)).contains(warning);
    assertThat(scoreLines(some)).doesNotContain("Warning: none");
  }

  private String evaluateLines(Path data) {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--model",
            folder.resolve("model/export/latest_model"),
            "--data",
            data,
            "--format",
            "libsvm");
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private String scoreLines(Path data) {
    CommandRun run =
        CommandRun.of(
            "score",
            "--model",
            folder.resolve("model/export/latest_model"),
            "--data",
            "libsvm:" + data,
            "--output",
            folder.resolve("scores"),
            "--overwrite");
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private CommandRun train(String features, String... overrides) throws IOException {
    Path file = SmallRun.write(folder);
    Files.writeString(
        file, Files.readString(file).replace("\"custom_features_{1..136}\"", features));
    List<Object> arguments = new ArrayList<>(List.of("train", file));
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return CommandRun.of(arguments.toArray());
  }
}
