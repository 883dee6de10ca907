package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.config.RunConfig;
import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inspect --conf-out}: a configuration from nothing but the data. */
@Tag("spark")
class DraftedRunTest {

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void aTableIsDraftedAndTrainsAsItIs() throws IOException {
    Path table = shop(",", "query");

    CommandRun drafted = CommandRun.of("inspect", "csv:" + table, "--conf-out", conf());
    CommandRun trained = train();

    assertThat(drafted.err()).isEmpty();
    assertThat(drafted.out())
        .startsWith("csv:" + table)
        .contains("lists 60   items 600", "label relevance", "then: rankline train " + conf());
    RunConfig run = RunConfig.load(conf(), List.of());
    RecordSpec records = run.records();
    assertThat(records.examples().keySet()).containsExactly("colour", "price", "x_1", "x_2", "x_3");
    assertThat(Objects.requireNonNull(records.examples().get("colour")).dtype())
        .isEqualTo(DType.STRING);
    assertThat(records.context()).isEmpty();
    assertThat(records.labels().get(0).name()).isEqualTo("relevance");
    assertThat(Objects.requireNonNull(records.weight()).name()).isEqualTo("weight");
    assertThat(Files.readString(conf()))
        .contains("group_column = \"query\"")
        .contains("\"x_{1..3}\" { dtype = float32, default = 0 }")
        .contains("# \"sku\" { dtype = string, default = \"\" }  # an id: 600 different")
        .contains("# \"number\" { dtype = float32, default = 0 }  # an id: 600 different")
        .contains("# \"shop\" { dtype = string, default = \"\" }  # the same in all")
        .contains("# \"zero\" { dtype = float32, default = 0 }  # the same in all")
        .contains("# \"seen\" # of type timestamp")
        .contains("# \"time\" { dtype = float32, default = 0 }  # a time, and later")
        .contains(
            "# \"clicks\" { dtype = float32, default = 0 }  # a leak? It tells what users did")
        .contains("# \"margin\" { dtype = float32, default = 0 }  # a leak? It orders 100 %")
        .contains("# \"position\" { dtype = float32, default = 0 }  # where items were shown")
        .contains("# \"title\" { dtype = string, default = \"\" }  # text of about")
        .contains("\"colour\" { hash_buckets = 16, dimension = 8 }");
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void anotherSeparatorAndAnotherQueryAreTold() throws IOException {
    Path table = shop(";", "search");

    CommandRun unknown =
        CommandRun.of("inspect", table, "--data-option", "sep=;", "--conf-out", conf());
    CommandRun drafted =
        CommandRun.of(
            "inspect",
            table,
            "--data-option",
            "sep=;",
            "--query-column",
            "search",
            "--conf-out",
            conf());
    CommandRun trained = train();

    assertThat(unknown.err())
        .startsWith(
            "rankline: --query-column must name the column that tells queries apart, one of"
                + " search, sku,");
    assertThat(drafted.err()).isEmpty();
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void recordsAreDraftedAndTrainAsTheyAre() throws IOException {
    CommandRun.of("generate", "--output", folder + "/logs/train", "--lists", 40);
    CommandRun.of("generate", "--output", folder + "/logs/vali", "--lists", 10, "--seed", 2);

    CommandRun beside = CommandRun.of("inspect", folder + "/logs/train", "--conf-out", conf());
    String besides = Files.readString(conf());
    CommandRun trained = train();
    CommandRun alone = CommandRun.of("inspect", folder + "/logs/vali", "--conf-out", conf());
    String single = Files.readString(conf());
    CommandRun again = train("pipeline.model_dir=" + folder + "/other");

    assertThat(beside.err() + alone.err()).isEmpty();
    assertThat(besides)
        .contains("train_input_pattern = \"%s/logs/train\"".formatted(folder))
        .contains("valid_input_pattern = \"%s/logs/vali\"".formatted(folder))
        .contains("\"custom_features_{")
        .doesNotContain("qid");
    assertThat(single)
        .contains("train_input = \"elwc:%s/logs/vali\"".formatted(folder))
        .contains("group_column = \"qid\"");
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(again.status()).as(again.err()).isZero();
  }

  @Test
  void linesOfLibSvmAreDraftedAndTrainAsTheyAre() throws IOException {
    StringBuilder lines = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      lines.append(
          "%d qid:%d 1:%.3f 2:%.3f # docid = D%d\n"
              .formatted(random.nextInt(3), i / 10, random.nextDouble(), random.nextDouble(), i));
    }
    Path file = Files.writeString(folder.resolve("train.txt"), lines);

    CommandRun drafted = CommandRun.of("inspect", file, "--conf-out", conf());
    CommandRun trained = train();

    assertThat(drafted.err()).isEmpty();
    assertThat(Files.readString(conf()))
        .contains("train_input = \"libsvm:" + file + "\"")
        .contains("\"custom_features_{1..2}\" { dtype = float32, default = 0 }");
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void filesOfScikitLearnAndLightGbmAreDraftedTrainedAndScoredAsTheyAre() throws IOException {
    StringBuilder theirs = new StringBuilder();
    StringBuilder ours = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int label = random.nextInt(3);
      double one = random.nextInt(1000) / 1000.0;
      double two = random.nextInt(1000) / 1000.0;
      theirs.append("%d 0:%s 1:%s\n".formatted(label, one, two));
      ours.append("%d qid:%d 1:%s 2:%s\n".formatted(label, 1 + i / 10, one, two));
    }
    Path rank = Files.writeString(folder.resolve("rank.txt"), theirs);
    Path plain = Files.writeString(folder.resolve("plain.txt"), ours);
    String counts = rank + ".query";
    Files.writeString(Path.of(counts), "10\n".repeat(20));

    CommandRun drafted =
        CommandRun.of(
            "inspect", rank, "--zero-based", "--query-file", counts, "--conf-out", conf());
    CommandRun trained = train();
    assertThat(trained.status()).as(trained.err()).isZero();
    List<String> scored = scored(rank, "--query-file", counts);
    List<String> scoredPlain = scored(plain, "--no-zero-based");

    assertThat(drafted.err()).isEmpty();
    assertThat(Files.readString(conf()))
        .contains("zero_based = true")
        .contains("query_file = \"*.query\"")
        .contains("\"custom_features_{1..2}\" { dtype = float32, default = 0 }");
    assertThat(scored).hasSize(201).containsExactlyInAnyOrderElementsOf(scoredPlain);
  }

  private List<String> scored(Path data, String... options) throws IOException {
    Path output = folder.resolve("scores-" + data.getFileName());
    List<Object> all =
        new ArrayList<>(
            List.of(
                "score",
                "--model",
                folder.resolve("model/export/best_model_by_metric"),
                "--data",
                data,
                "--to",
                "csv",
                "--shards",
                1,
                "--output",
                output));
    all.addAll(List.of(options));
    CommandRun run = CommandRun.of(all.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(output)) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().endsWith(".csv"))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(part);
    }
  }

  private CommandRun train(String... overrides) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", conf(), "--set", "pipeline.num_epochs=1"));
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return CommandRun.of(arguments.toArray());
  }

  private Path conf() {
    return folder.resolve("run.conf");
  }

  private Path shop(String separator, String query) throws IOException {
    Random random = new Random(3);
    StringBuilder rows =
        new StringBuilder(
            "%s,sku,number,title,shop,colour,price,x_1,x_2,x_3,zero,seen,time,clicks,position,margin,weight,relevance\n"
                .formatted(query));
    for (int i = 0; i < 600; i++) {
      int grade = random.nextInt(3);
      rows.append(
          "q%d,S%d,%d,\"good no. %d\",here,%s,%.2f,%.2f,%.2f,%.2f,0,2026-11-29 10:00:%02d,%d,%d,%d,%.1f,%.1f,%d\n"
              .formatted(
                  i / 10,
                  i,
                  70_000 + 7 * i,
                  i,
                  List.of("red", "blue", "").get(random.nextInt(3)),
                  100 * random.nextDouble(),
                  random.nextDouble(),
                  random.nextDouble(),
                  random.nextDouble(),
                  i % 60,
                  1_700_000_000 + 10 * random.nextInt(100_000),
                  grade * random.nextInt(4),
                  i % 10,
                  grade + 0.5,
                  1 + random.nextInt(3) / 2.0,
                  grade));
    }
    return Files.writeString(folder.resolve("items.csv"), rows.toString().replace(",", separator));
  }
}
