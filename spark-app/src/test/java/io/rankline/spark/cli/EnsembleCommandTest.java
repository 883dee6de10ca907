package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.scoring.ModelFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleCommandTest {

  private static final List<Map<String, Float>> ITEMS =
      List.of(Map.of("custom_features_1", 3f), Map.of("custom_features_2", 40f), Map.of());

  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    Path configuration = SmallRun.write(folder);
    for (int seed : List.of(1, 2)) {
      CommandRun run =
          CommandRun.of(
              "train",
              configuration,
              "--set",
              "pipeline.seed=" + seed,
              "--set",
              "pipeline.model_dir=%s/seed%s".formatted(folder, seed));
      assertThat(run.status()).as(run.err()).isZero();
    }
  }

  @Test
  void trainingsBecomeOneModelThatIsLoadedEvaluatedAndExported() throws IOException {
    Path output = folder.resolve("both");

    CommandRun run =
        CommandRun.of(
            "ensemble",
            folder.resolve("seed1"),
            folder.resolve("seed2/export/latest_model"),
            "--output",
            output);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "member   %1$s/seed1/best%nmember   %1$s/seed2/export/latest_model%nensemble %1$s/both%n"
                .formatted(folder));
    float[] scores = SavedRankingModel.load(output.toString()).predict(Map.of(), ITEMS);
    assertThat(RankingScorer.load(output).predict(Map.of(), ITEMS)).isEqualTo(scores);
    assertThat(scores[0] + scores[1] + scores[2]).isBetween(-1e-5f, 1e-5f);

    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            "--model",
            folder.resolve("seed1/best"),
            "--model",
            output,
            "--data",
            folder + "/data/valid/*.tfrecord");
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.out())
        .contains("B = %s: 6 queries, 35 rows%n".formatted(output), "ndcg@10");

    CommandRun exported =
        CommandRun.of("export", "--model-dir", output, "--output", folder.resolve("again"));
    assertThat(exported.status()).as(exported.err()).isZero();
    assertThat(SavedRankingModel.load(folder.resolve("again").toString()).predict(Map.of(), ITEMS))
        .isEqualTo(scores);
  }

  @Test
  void itsFilesTravelToExecutors() throws IOException {
    Path output = folder.resolve("travels");
    CommandRun.of("ensemble", folder.resolve("seed1"), folder.resolve("seed2"), "--output", output);
    Folder whole = Storage.ofClassPath().folder(output.toString());

    SavedRankingModel there = ModelFiles.read(whole).load();

    assertThat(there.members()).hasSize(2);
    assertThat(there.predict(Map.of(), ITEMS))
        .isEqualTo(SavedRankingModel.load(whole).predict(Map.of(), ITEMS));
  }

  @Test
  void whatCannotBeMadeIsRefusedWithTheWayOut() {
    Path output = folder.resolve("refused");
    Path member = folder.resolve("seed1");

    assertThat(CommandRun.of("ensemble", member, member, "--output", output, "--combine", "max"))
        .returns(2, CommandRun::status)
        .extracting(CommandRun::err)
        .asString()
        .startsWith("rankline: --combine: combine must be one of standardized, mean, got 'max'");
    assertThat(CommandRun.of("ensemble", member, folder.resolve("data"), "--output", output).err())
        .isEqualTo(
            ("rankline: %s holds no exported model; wait until its training has ended, or export a"
                    + " checkpoint: rankline export --which checkpoint%n")
                .formatted(folder.resolve("data")));
    assertThat(CommandRun.of("ensemble", member, member, "--output", folder.resolve("data")).err())
        .isEqualTo(
            "rankline: --output %s is not empty and holds no exported model; name another folder%n"
                .formatted(folder.resolve("data")));
    assertThat(CommandRun.of("ensemble", member, member, "--output", output).err())
        .startsWith(
            "rankline: '%s' is named twice; a member counts as much as every other\n"
                .formatted(member));
  }

  @Test
  void anEngineTakesNoEnsembleAndNoTrainingStartsFromOne() throws IOException {
    Path output = folder.resolve("engine");
    CommandRun.of("ensemble", folder.resolve("seed1"), folder.resolve("seed2"), "--output", output);

    CommandRun warm =
        CommandRun.of(
            "train",
            folder.resolve("run.conf"),
            "--warm-start",
            output,
            "--set",
            "pipeline.model_dir=%s/warm".formatted(folder));

    assertThat(warm.err())
        .endsWith(
            ("rankline: warm_start %1$s is an ensemble of 2 models, and one is needed; name one of"
                    + " its members, %1$s/members/1%n")
                .formatted(output));
  }
}
