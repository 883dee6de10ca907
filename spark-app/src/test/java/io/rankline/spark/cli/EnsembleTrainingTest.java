package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTrainingTest {

  private static final List<Map<String, Float>> ITEMS =
      List.of(Map.of("custom_features_1", 3f), Map.of("custom_features_2", 40f), Map.of());

  @TempDir Path folder;

  private Path configuration = Path.of("/");

  @BeforeEach
  void write() throws IOException {
    configuration = SmallRun.write(folder);
  }

  @Test
  void membersAreTrainedWithSeedsOfTheirOwnAndExportedAsOneModel() throws IOException {
    CommandRun run = train("pipeline.ensemble.members=2", "pipeline.ensemble.parallel=2");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 members in %s/model/members, ".formatted(folder))
        .containsPattern("ensemble of 2 +0\\.\\d{4}")
        .containsPattern("member 2 +0\\.\\d{4}")
        .endsWith(
            "model   %1$s/model/export/best_model_by_metric%nreport  %1$s/model/ensemble.html%n"
                .formatted(folder));
    SavedRankingModel one = load("members/1/export/best_model_by_metric");
    SavedRankingModel other = load("members/2/export/best_model_by_metric");
    SavedRankingModel ensemble = load("export/best_model_by_metric");
    assertThat(one.predict(Map.of(), ITEMS)).isNotEqualTo(other.predict(Map.of(), ITEMS));
    assertThat(ensemble.members()).hasSize(2);
    assertThat(ensemble.members().get(1).predict(Map.of(), ITEMS))
        .isEqualTo(other.predict(Map.of(), ITEMS));
    assertThat(ensemble.metrics()).containsKey("val_metric/ndcg_10");
    assertThat(ensemble.configuration()).contains("members");
    assertThat(load("export/latest_model").members()).hasSize(2);
    assertThat(folder.resolve("model/ensemble.html")).content().contains("member 2");

    // Started again, it trains nothing anew.
    CommandRun again = train("pipeline.ensemble.members=2", "pipeline.ensemble.parallel=2");
    assertThat(again.err())
        .contains("run 1 was done: ")
        .contains("run 2 was done: ")
        .doesNotContain("begins");

    // The first member is what one training with the run's seeds is.
    CommandRun alone =
        CommandRun.of(
            "train", configuration, "--set", "pipeline.model_dir=%s/alone".formatted(folder));
    assertThat(alone.status()).as(alone.err()).isZero();
    assertThat(
            SavedRankingModel.load(folder + "/alone/export/best_model_by_metric")
                .predict(Map.of(), ITEMS))
        .isEqualTo(one.predict(Map.of(), ITEMS));

    String taken = "pipeline.model_dir=%s/alone".formatted(folder);
    assertThat(train("pipeline.ensemble.members=2", taken).err())
        .endsWith(
            ("rankline: model_dir %s/alone holds the training of one model; name another folder"
                    + " for an ensemble%n")
                .formatted(folder));
  }

  @Test
  void aMemberThatFailsIsNamedAndTheOthersAreKept() throws IOException {
    String[] failing = {
      "pipeline.ensemble.members=2",
      "pipeline.ensemble.parallel=1",
      "pipeline.ensemble.overrides=[[], [\"pipeline.warm_start=%s/nowhere\"]]".formatted(folder)
    };

    CommandRun run = train(failing);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .endsWith(
            ("rankline: 1 of 2 members failed: member 2: %1$s/nowhere holds no model: neither an"
                    + " export, nor best/, export/ or checkpoints/ of a training; the others are"
                    + " kept in %1$s/model/members: start again to try those anew, or export"
                    + " without them with pipeline.ensemble.allow_fewer = true%n")
                .formatted(folder));
    assertThat(folder.resolve("model/export")).doesNotExist();
    assertThat(folder.resolve("model/members/1/export/latest_model")).exists();

    List<String> fewer = new ArrayList<>(Arrays.asList(failing));
    fewer.add("pipeline.ensemble.allow_fewer=true");
    CommandRun allowed = train(fewer.toArray(String[]::new));
    assertThat(allowed.status()).as(allowed.err()).isZero();
    assertThat(allowed.out())
        .containsPattern("ensemble of 1 +0\\.\\d{4}")
        .contains("member 2 failed: ");
    assertThat(load("export/latest_model").members()).hasSize(1);
  }

  @Test
  void membersOfOtherLossesAndScorersAreOverridesOfTheirOwn() throws IOException {
    CommandRun run =
        train(
            "pipeline.ensemble.members=2",
            "pipeline.ensemble.parallel=1",
            "pipeline.ensemble.combine=mean",
            "pipeline.ensemble.overrides=[[], [\"pipeline.loss=approx_ndcg_loss\"]]");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(load("export/latest_model").members().get(1).configuration())
        .contains("approx_ndcg_loss");
    assertThat(load("export/latest_model").scoresSingleItems()).isTrue();
  }

  @Test
  void faultsOfItsSectionAreToldWithTheOthers() {
    assertThat(
            train("pipeline.ensemble.members=1", "pipeline.ensemble.overrides=[[\"loss\"]]").err())
        .contains("pipeline.ensemble.members must be 2 or more, got 1")
        .contains("pipeline.ensemble.overrides must be of the form KEY=VALUE, got [[loss]]");
    assertThat(
            CommandRun.of(
                    "sweep",
                    configuration,
                    "--param",
                    "pipeline.seed=1,2",
                    "--set",
                    "pipeline.ensemble.members=2")
                .err())
        .startsWith(
            "rankline: a run of a sweep is one training, and pipeline.ensemble asks for several;"
                + " leave it out with --set pipeline.ensemble=null");
  }

  private CommandRun train(String... settings) {
    List<Object> arguments = new ArrayList<>(List.of("train", configuration));
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    return CommandRun.of(arguments.toArray());
  }

  private SavedRankingModel load(String path) throws IOException {
    return SavedRankingModel.load(folder.resolve("model").resolve(path).toString());
  }
}
