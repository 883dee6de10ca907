package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityCommandTest {

  @TempDir Path folder;

  @Test
  void configurationsAreComparedOnQueriesThatTheyHaveNotSeenAndWhatIsDoneIsNotTrainedAgain()
      throws IOException {
    Path plain = SmallRun.write(folder);
    Path pair =
        Files.writeString(
            folder.resolve("pair.conf"),
            "include \"run.conf\"\npipeline.ensemble { members = 2, parallel = 1 }");

    Path student =
        Files.writeString(
            folder.resolve("student.conf"),
            "include \"run.conf\"\nmodel_of_run = /none\npipeline.teacher.model = ${model_of_run}");

    CommandRun run =
        quality(plain, pair, student, "--folds", "3", "--set", "pipeline.num_epochs=1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().toList().get(0))
        .matches(
            "9 trainings in %s/out: 3 configurations, 3 folds of \\[\\d+, \\d+, \\d+] queries, 1 seed"
                .formatted(folder));
    assertThat(run.out())
        .containsPattern("configuration +ndcg@10 +over run +p +a training")
        .containsPattern("run +0\\.\\d{4} ± 0\\.\\d{4} +- +- ")
        .containsPattern(
            "pair +0\\.\\d{4} ± 0\\.\\d{4} +[+-]0\\.\\d{4} ± 0\\.\\d{4} +[01]\\.\\d{4} ")
        .contains("By ndcg@10, with two standard errors as the limit: ")
        .endsWith("table   %s/out/quality.json%n".formatted(folder));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/quality.json").toFile());
    assertThat(json.path("queries").asInt()).isEqualTo(18); // 12 to train on, 6 to validate with
    JsonNode value = json.path("configurations").path("pair").path("metrics").path("ndcg@10");
    assertThat(value.path("mean").doubleValue() - value.path("difference").doubleValue())
        .isCloseTo(
            json.path("configurations")
                .path("run")
                .path("metrics")
                .path("ndcg@10")
                .path("mean")
                .doubleValue(),
            within(1e-12));
    assertThat(value.path("folds").size()).isEqualTo(3);
    assertThat(folder.resolve("out/quality.html"))
        .content()
        .contains("Difference from run, and two standard errors", "fold 3", "members=2");
    assertThat(folder.resolve("out/pair/fold-1-seed-1/members/2/export")).exists();

    assertThat(
            SavedRankingModel.load(folder + "/out/student/fold-2-seed-1/export/latest_model")
                .configuration())
        .contains(
            "model_of_run=\"%s/out/run/fold-2-seed-1/export/best_model_by_metric\""
                .formatted(folder));

    CommandRun again =
        quality(plain, pair, student, "--folds", "3", "--set", "pipeline.num_epochs=1");
    assertThat(again.err()).contains("run 3 was done").doesNotContain("begins");
    assertThat(again.out().lines().toList().subList(1, 6))
        .isEqualTo(run.out().lines().toList().subList(1, 6));

    CommandRun other = quality(plain, pair, "--folds", "3");
    assertThat(other.err())
        .isEqualTo(
            ("rankline: %1$s/out/run/fold-1-seed-1 holds a run of another configuration; name"
                    + " another folder with --output, or delete it%n")
                .formatted(folder));
    CommandRun moreFolds = quality(plain, pair, "--folds", "4");
    assertThat(moreFolds.err())
        .startsWith("rankline: %s/out/folds is of 8 files of ".formatted(folder))
        .endsWith("; name another folder with --output, or delete that one%n".formatted());
  }

  @Test
  void aTrainingThatFailsIsNamedAndTheOthersAreCompared() throws IOException {
    Path plain = SmallRun.write(folder);
    Path bad =
        Files.writeString(
            folder.resolve("bad.conf"),
            "include \"run.conf\"\npipeline.warm_start = %s/nowhere".formatted(folder));

    CommandRun run =
        quality(plain, bad, "--folds", "3", "--set", "pipeline.num_epochs=1", "--seeds", "1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("run +0\\.\\d{4} ± 0\\.\\d{4} ")
        .containsPattern("bad +failed +- +- ")
        .contains(
            "bad, fold 2, seed 1 failed: %s/nowhere holds no model: neither an export, nor"
                    .formatted(folder)
                + " best/, export/ or checkpoints/ of a training")
        .contains("Nothing to compare with run by ndcg@10.");
  }

  @Test
  void wrongUsageIsTold() throws IOException {
    Path plain = SmallRun.write(folder);
    Path other =
        Files.writeString(
            folder.resolve("other.conf"), "include \"run.conf\"\ndata.valid_list_size = 3");

    assertThat(quality(plain, "--folds", "2").err())
        .startsWith(
            "rankline: folds must be 3 or more, one to test, one to validate and one to train on,"
                + " got 2");
    assertThat(quality(plain, "--baseline", "none").err())
        .startsWith("rankline: --baseline must be one of run, got 'none'");
    assertThat(quality(plain, plain).err())
        .startsWith("rankline: %1$s and %1$s are both called 'run'; rename one".formatted(plain));
    assertThat(quality(plain, other).err())
        .startsWith(
            "rankline: %s has data.valid_list_size 3, and %s 8; they must be measured on the same"
                    .formatted(other, plain)
                + " lists");
    assertThat(quality(plain, "--set", "pipeline.strategy=ParameterServerStrategy").err())
        .startsWith(
            "rankline: %s: quality is measured on this machine, and strategy ".formatted(plain));
    assertThat(quality(plain, "--folds", "100").err())
        .containsPattern("fold \\d+ of 100 has no query, of 18 in all; ask for fewer folds");
    assertThat(quality(plain, "--seeds", "0").err())
        .startsWith("rankline: seeds must be 1 or more, got 0");
  }

  private CommandRun quality(Object... words) {
    List<Object> all = new ArrayList<>(List.of("quality"));
    all.addAll(List.of(words));
    all.addAll(List.of("-o", folder.resolve("out")));
    return CommandRun.of(all.toArray());
  }
}
