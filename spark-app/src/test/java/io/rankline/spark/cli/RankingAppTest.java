package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingAppTest {

  @Test
  void helpNamesEveryCommand() {
    CommandRun run = CommandRun.of("help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("generate", "convert", "inspect", "help");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpOfACommandNamesItsOptions() {
    CommandRun run = CommandRun.of("help", "generate");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("--lists=N", "--max-list-size=N", "(default: 200)");
  }

  @Test
  void versionNamesSpark() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("rankline ").contains("Spark 3.5.5");
  }

  @Test
  void aMistypedCommandIsWrongUsageAndMetByASuggestion() {
    CommandRun run = CommandRun.of("generat", "--lists", "3");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            rankline: there is no command 'generat'; did you mean generate?
            commands: generate, convert, inspect, train, sweep, quality, evaluate, score, export, ensemble, promote, retrain, import, serve, load-test, bench-step, help
            """);
  }

  @Test
  void theServerIsRunByTheLauncher() {
    CommandRun run = CommandRun.of("serve", "--port", "1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            rankline: the server is no Spark application; run it as: deploy/local/rankline serve --port 1
            run 'rankline help serve' for its options
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version"})
  void helpOfACommandThatDoesNotExistIsWrongUsage(String option) {
    CommandRun run = CommandRun.of("predict", option);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("rankline: there is no command 'predict'; did you mean score?\ncommands: ");
  }

  @Test
  void aCommandThatIsLikeNoOtherIsMetByNoSuggestion() {
    assertThat(CommandRun.of("xgboost").err())
        .startsWith("rankline: there is no command 'xgboost'\ncommands: ");
  }

  @Test
  void aMistypedOptionIsWrongUsageAndMetByASuggestion() {
    CommandRun run = CommandRun.of("generate", "--list", "3", "--output", "x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("rankline: ")
        .endsWith("\nrun 'rankline help generate' for its options\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate",
        "convert",
        "inspect",
        "train",
        "sweep",
        "quality",
        "evaluate",
        "export",
        "import",
        "bench-step"
      })
  void everyCommandTellsWrongUsageInTheSameWay(String command) {
    CommandRun run = CommandRun.of(command, "--no-such-option");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("rankline: ")
        .endsWith("run 'rankline help %s' for its options\n".formatted(command));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate --lists 1 --shards 1 --output /proc/none/x",
        "convert --from elwc --to csv --input /none --output /tmp/none",
        "inspect /none",
        "train /none.conf",
        "sweep /none.conf --param pipeline.seed=1,2",
        "quality /none.conf",
        "evaluate -p /none",
        "evaluate --model /none --data /none",
        "export --model-dir /none -o /none/served",
      })
  void everyCommandTellsAFailureInTheSameWay(String words) {
    CommandRun run = CommandRun.of((Object[]) words.split(" ", -1));

    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).startsWith("rankline: ").doesNotContain("Exception").hasLineCount(1);
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandRun run = CommandRun.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("rankline: say which command to run");
  }

  @Test
  void aMissingOptionIsWrongUsage() {
    CommandRun run = CommandRun.of("generate", "--lists", "3");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            rankline: missing required option: '--output=DIR'
            run 'rankline help generate' for its options
            """);
  }

  @Test
  void aFailureIsOneLine() {
    CommandRun run = CommandRun.of("inspect", "/nowhere/at-all");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "rankline: '/nowhere/at-all' names no file (looked in file:///); check the path, and"
                + " quote patterns in a shell\n");
  }

  @Test
  void aFailureShowsWhereItHappenedWhenAsked() {
    CommandRun run = CommandRun.of("inspect", "--stacktrace", "/nowhere/at-all");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("\tat io.rankline");
  }
}
