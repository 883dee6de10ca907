package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

  private static final String[] GOOD_RATES = {"--param", "pipeline.learning_rate=1e-3,1e-2"};

  /** A sweep that more than one test begins with: every run is the start of a JVM. */
  @TempDir static Path done;

  /** What that sweep wrote: later ones in its folder write the same files. */
  @TempDir static Path written;

  private static CommandRun run = new CommandRun(0, "", "");

  @TempDir Path folder;

  @BeforeAll
  static void rankThreeRuns() throws IOException {
    // A rate that no float survives, between two good ones.
    run = sweep(done, "--param", "pipeline.learning_rate=1e-3,1e30,1e-2", "--parallel", "2");
    for (String file : List.of("sweep.json", "sweep.csv", "sweep.html")) {
      Files.copy(done.resolve("sweep").resolve(file), written.resolve(file));
    }
  }

  @Test
  void runsAreRankedAndThoseThatAreDoneAreNotRunAgain() throws IOException {
    assertThat(run.status()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).startsWith("3 runs in " + done.resolve("sweep") + ", 2 at a time");
    assertThat(lines.get(2)).matches("rank +learning_rate +val_metric/ndcg_10 +epoch +of +time");
    assertThat(lines.get(3)).matches("1 +1e-[23] +0\\.\\d{4} +[12] +2 .*");
    assertThat(lines.get(4)).matches("2 +1e-[23] +0\\.\\d{4} +[12] +2 .*");
    assertThat(lines.get(5)).matches("failed +1e30 +.*");
    assertThat(run.err()).containsPattern("run 2 has ended: failed: the loss of step \\d+ is");
    JsonNode trials = json(written.resolve("sweep.json")).get("trials");
    assertThat(trials.size()).isEqualTo(3);
    assertThat(trials.get(0).get("value").doubleValue())
        .isGreaterThanOrEqualTo(trials.get(1).get("value").doubleValue());
    assertThat(trials.get(0).get("logs").has("val_metric/ndcg_5")).isTrue();
    assertThat(trials.get(2).get("failure").textValue()).startsWith("the loss of step");
    String best = trials.get(0).get("model_dir").textValue();
    assertThat(SavedRankingModel.load(best + "/export/best_model_by_metric").configuration())
        .contains("learning_rate=" + trials.get(0).get("parameters").elements().next().textValue());
    assertThat(Files.readAllLines(written.resolve("sweep.csv")))
        .hasSize(4)
        .first()
        .isEqualTo(
            "rank,pipeline.learning_rate,val_metric/ndcg_10,epoch,epochs,seconds,failure,model_dir");
    assertThat(written.resolve("sweep.html")).content().contains("Best of 3");

    CommandRun more = sweep(done, GOOD_RATES);

    assertThat(more.status()).as(more.err()).isZero();
    assertThat(more.err()).contains("run 1 was done", "run 2 was done").doesNotContain("begins");
    assertThat(json(done.resolve("sweep/sweep.json")).get("trials").get(0).get("value"))
        .isEqualTo(trials.get(0).get("value"));
  }

  @Test
  void faultsOfARunAreToldBeforeAnyIsStarted() throws IOException {
    CommandRun run = sweep("--param", "pipeline.num_epochs=1,0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("pipeline.num_epochs must be 1 or more, got 0");
    try (Stream<Path> runs = Files.list(folder.resolve("sweep"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void parametersOfASamplerAreLookedAtBeforeAnythingIsDone() throws IOException {
    String dropout = "model.scorer.dropout=";
    CommandRun twice =
        sweep("--bayes", "3", "--param", dropout + "0,0.1", "--param", dropout + "0.2");

    assertThat(twice.status()).isEqualTo(2);
    assertThat(twice.err())
        .startsWith("rankline: model.scorer.dropout stands there twice; join its values by commas");
    assertThat(twice.out()).isEmpty();
    assertThat(sweep("--bayes", "0", "--param", dropout + "0,0.1").err())
        .startsWith("rankline: runs must be 1 or more, got 0");
  }

  @Test
  void wrongUsageIsTold() throws IOException {
    assertThat(sweep("--param", "pipeline.learning_rate=1e-4..1e-2").err())
        .startsWith("rankline: pipeline.learning_rate has a range, of which a grid cannot take");
    assertThat(sweep("--param", "pipeline.model_dir=/a,/b").err())
        .startsWith("rankline: --param pipeline.model_dir: runs of a sweep cannot differ in it");
    assertThat(sweep("--param", "pipeline.seed=1,2", "--seed", "3").err())
        .startsWith("rankline: --seed is that of --random and --bayes; say how many runs to draw");
    assertThat(sweep("--param", "pipeline.seed=1,2", "--halving", "3").err())
        .startsWith(
            "rankline: --halving compares single runs, and pipeline.seed only repeats them; sweep"
                + " over seeds and folds of the best values afterwards");
    assertThat(sweep("--param", "model.scorer.dropout=0,0.1", "--halving", "1").err())
        .startsWith("rankline: --halving must be 2 or more, got 1");
    assertThat(
            sweep("--param", "model.scorer.dropout=0,0.1", "--bayes", "3", "--halving", "3").err())
        .startsWith(
            "rankline: --halving ends runs early, and --bayes learns from whole ones; leave one of"
                + " them out");
    assertThat(sweep("--param", "pipeline.seed=1,2", "--set", "pipeline.seed=3").err())
        .startsWith(
            "rankline: --set pipeline.seed=3 would do nothing, as --param pipeline.seed has the"
                + " values; leave one of them out");
    CommandRun one = sweep("--param", "pipeline.seed=3");
    assertThat(one.status()).isEqualTo(2);
    assertThat(one.err())
        .startsWith(
            "rankline: a sweep of one run has nothing to rank; give a --param several values, or"
                + " use \"train\" with --set pipeline.seed=3");
    CommandRun unknown = sweep("--param", "pipeline.seed=1,2", "--metric", "ndgc_10");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).startsWith("rankline: --metric: unknown metric");
    CommandRun ofNoTask = sweep("--param", "pipeline.seed=1,2", "--metric", "click_metric/ndcg_10");
    assertThat(ofNoTask.status()).isEqualTo(1);
    assertThat(ofNoTask.err()).contains("monitor 'val_click_metric/ndcg_10' is not among");
    assertThat(folder.resolve("sweep")).doesNotExist();
  }

  @Test
  void anyMetricRanksRunsInEitherSpelling() throws IOException {
    CommandRun run = sweep("--param", "pipeline.learning_rate=1e-3,1e-2", "--metric", "arp");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("val_metric/arp");
    JsonNode trials = json(folder.resolve("sweep/sweep.json")).get("trials");
    assertThat(trials.get(0).get("value").doubleValue())
        .isPositive()
        .isLessThanOrEqualTo(trials.get(1).get("value").doubleValue());

    CommandRun again = sweep("--param", "pipeline.learning_rate=1e-3,1e-2", "--metric", "arp");
    assertThat(again.err()).contains("run 1 was done", "run 2 was done");
    assertThat(json(folder.resolve("sweep/sweep.json")).get("ranked_by").textValue())
        .isEqualTo("val_metric/arp");
    assertThat(json(folder.resolve("sweep/sweep.json")).get("better").textValue())
        .isEqualTo("lower");
  }

  @Test
  void theBetterRunsGoOnFromTheirCheckpoints() throws IOException {
    String[] halved =
        new String[] {
          "--param",
          "pipeline.learning_rate=1e-5,1e-2",
          "--halving",
          "2",
          "--set",
          "pipeline.num_epochs=2"
        };

    CommandRun run = sweep(halved);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("2 runs in " + folder.resolve("sweep"))
        .contains("processors of each: ", ", 3 epochs in place of 4\n");
    assertThat(run.err().lines().filter(line -> line.startsWith("round")))
        .containsExactly("round of 2 runs until epoch 1", "round of 1 runs until epoch 2");
    JsonNode trials = json(folder.resolve("sweep/sweep.json")).get("trials");
    assertThat(trials.get(0).get("parameters").get("pipeline.learning_rate").textValue())
        .isEqualTo("1e-2");
    assertThat(trials.get(0).get("epochs").intValue()).isEqualTo(2);
    assertThat(trials.get(1).get("epochs").intValue()).isEqualTo(1);

    CommandRun again = sweep(halved);
    assertThat(again.err()).contains("run 1 was done", "run 2 was done").doesNotContain("begins");
    assertThat(json(folder.resolve("sweep/sweep.json")).get("trials")).isEqualTo(trials);
  }

  @Test
  void runsAreDrawnWhereEarlierOnesWereGood() throws IOException {
    String[] drawn =
        new String[] {
          "--param",
          "pipeline.learning_rate=1e-4..1e-2:log",
          "--bayes",
          "3",
          "--set",
          "pipeline.num_epochs=1"
        };

    CommandRun run = sweep(drawn);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(json(folder.resolve("sweep/sweep.json")).get("trials")).hasSize(3);
    CommandRun again = sweep(drawn);
    assertThat(again.err())
        .contains("run 1 was done", "run 2 was done", "run 3 was done")
        .doesNotContain("begins");
  }

  @Test
  void runsThatAreDoneCanBeRankedByAnotherMetricThatTheyMeasured() throws IOException {
    CommandRun other = sweep(done, with(GOOD_RATES, "--metric", "ndcg@1"));

    assertThat(other.status()).as(other.err()).isZero();
    assertThat(other.err()).contains("run 1 was done", "run 2 was done").doesNotContain("begins");
    assertThat(json(done.resolve("sweep/sweep.json")).get("ranked_by").textValue())
        .isEqualTo("val_metric/ndcg_1");
    assertThat(json(done.resolve("sweep/sweep.json")).get("trials").get(0).get("value").isNumber())
        .isTrue();
  }

  @Test
  void runsOfAnotherConfigurationOrOfOtherDataAreNotTakenForDone() throws IOException {
    CommandRun other = sweep(done, with(GOOD_RATES, "--set", "pipeline.num_epochs=1"));

    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("holds a run of another configuration");

    Path part;
    try (Stream<Path> files = Files.list(done.resolve("data/train"))) {
      part = files.sorted().findFirst().orElseThrow();
    }
    Path more = Files.copy(part, part.resolveSibling("more.tfrecord"));
    CommandRun again;
    try {
      again = sweep(done, GOOD_RATES);
    } finally {
      Files.delete(more);
    }

    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .contains("holds checkpoints of a training with other data or settings: training files: ");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  private CommandRun sweep(String... options) throws IOException {
    return sweep(folder, options);
  }

  private static CommandRun sweep(Path folder, String... options) throws IOException {
    Object[] arguments = new Object[options.length + 4];
    arguments[0] = "sweep";
    arguments[1] = SmallRun.write(folder);
    arguments[2] = "--output";
    arguments[3] = folder.resolve("sweep");
    System.arraycopy(options, 0, arguments, 4, options.length);
    return CommandRun.of(arguments);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
