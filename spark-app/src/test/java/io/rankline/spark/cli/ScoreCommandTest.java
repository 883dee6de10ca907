package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score}: what a user does with a model that is trained. */
@Tag("spark")
class ScoreCommandTest {

  /** Two queries, their rows mixed; ids with zeros in front; no labels. */
  private static final String ITEMS =
      """
      query,product,price,rating,sold on
      007,00a,19.5,4.2,2026-11-01
      12,00b,7.0,3.9,2026-11-02
      007,00c,3.25,1.5,2026-11-03
      12,00d,99.0,,2026-11-04
      007,00e,20,4.9,2026-11-05
      """;

  @TempDir private static Path shop;
  private static SavedRankingModel model;
  private static String export;

  @TempDir private Path folder;

  @BeforeAll
  static void trainAModel() throws IOException {
    LocalSpark.session();
    StringBuilder rows = new StringBuilder("query,price,rating,relevance\n");
    for (int q = 0; q < 12; q++) {
      for (int i = 0; i < 5; i++) {
        rows.append("%d,%d,%d,%d\n".formatted(q, 3 * i + q, i, i % 3));
      }
    }
    Path items = Files.writeString(shop.resolve("items.csv"), rows);
    CommandRun converted =
        CommandRun.of(
            "convert",
            "--from",
            "csv",
            "--to",
            "elwc",
            "--input",
            items,
            "--output",
            shop.resolve("lists"),
            "--query-column",
            "query",
            "--label-column",
            "relevance");
    assertThat(converted.status()).as(converted.err()).isZero();
    Path run =
        Files.writeString(
            shop.resolve("run.conf"),
            """
            data {
              train_input_pattern = "%1$s/lists", valid_input_pattern = "%1$s/lists"
              train_batch_size = 4, valid_batch_size = 4
              features {
                example { price { dtype = float32 }, rating { dtype = float32, default = 0 } }
                label { name = relevance, dtype = int64, default = -1 }
              }
            }
            model { scorer { type = dnn, hidden_layer_dims = [3] } }
            pipeline { model_dir = "%1$s/model", num_epochs = 1, loss = softmax_loss }
            """
                .formatted(shop));
    CommandRun trained = CommandRun.of("train", run);
    assertThat(trained.status()).as(trained.err()).isZero();
    export = shop.resolve("model/export/latest_model").toString();
    model = SavedRankingModel.load(export);
  }

  @Test
  void everyItemOfATableHasTheScoreOfTheModelAndItsRank() throws IOException {
    Path items = Files.writeString(folder.resolve("items.csv"), ITEMS);

    CommandRun run = score(items, "--item-column", "product", "--to", "csv");

    float[] first =
        model.predict(Map.of(), List.of(item(19.5, 4.2), item(3.25, 1.5), item(20, 4.9)));
    float[] second = model.predict(Map.of(), List.of(item(7, 3.9), item(99, 0)));
    Map<String, Float> expected = new HashMap<>();
    expected.put("007,00a", first[0]);
    expected.put("007,00c", first[1]);
    expected.put("007,00e", first[2]);
    expected.put("12,00b", second[0]);
    expected.put("12,00d", second[1]);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("scored 5 items of 2 queries to " + scores());
    List<String> lines = csvLines();
    assertThat(lines.remove(0)).isEqualTo("query,product,score,rank");
    assertThat(lines)
        .hasSize(5)
        .allSatisfy(
            line -> {
              String[] cells = line.split(",", -1);
              assertThat(Float.parseFloat(cells[2]))
                  .isEqualTo(expected.get(cells[0] + "," + cells[1]));
            });
    assertThat(ranksOf("007", lines)).isEqualTo(List.of("1", "2", "3"));
    assertThat(ranksOf("12", lines)).isEqualTo(List.of("1", "2"));
    assertThat(scoresOf("007", lines)).isSortedAccordingTo((a, b) -> Float.compare(b, a));
  }

  @Test
  void onlyTheBestOfAQueryAreWritten() throws IOException {
    Path items = Files.writeString(folder.resolve("items.csv"), ITEMS);

    score(items, "--item-column", "product", "--to", "csv", "--top-k", 2);

    List<String> lines = csvLines();
    assertThat(ranksOf("007", lines)).isEqualTo(List.of("1", "2"));
    assertThat(ranksOf("12", lines)).isEqualTo(List.of("1", "2"));
  }

  @Test
  void columnsKeepTheirTypesAndAnySourceOfSparkWillDo() throws IOException {
    Path items = Files.writeString(folder.resolve("items.csv"), ITEMS);
    Dataset<Row> table =
        LocalSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(items.toString())
            .withColumn("query", functions.col("query").cast(DataTypes.LongType))
            .withColumn("day", functions.lit("2026-11-29"));
    table.repartition(3).write().partitionBy("day").orc(folder + "/items");

    CommandRun run =
        score("orc:" + folder.resolve("items"), "--item-column", "product,sold on,day");

    assertThat(run.err()).isEmpty();
    Dataset<Row> scored = LocalSpark.session().read().parquet(scores().toString());
    assertThat(scored.schema().toDDL())
        .isEqualTo("query BIGINT,product STRING,`sold on` DATE,day DATE,score FLOAT,rank INT");
    assertThat(table.join(scored, new String[] {"query", "product"}).count()).isEqualTo(5);
  }

  @Test
  void aDocumentOfLibSvmIsNamedByItsComment() throws IOException {
    Path other = shop.resolve("letor");
    Path run =
        Files.writeString(
            folder.resolve("run.conf"),
            Files.readString(shop.resolve("run.conf"))
                .replace("price {", "f_1 {")
                .replace("rating {", "f_2 {")
                .replace("dtype = float32 }", "dtype = float32, default = 0 }")
                .replace(shop + "/lists\"", shop + "/letor.txt\", dataset_reader = libsvm")
                .replace(shop + "/model", other.toString()));
    Files.writeString(shop.resolve("letor.txt"), "1 qid:1 1:2 2:3\n0 qid:1 1:1\n");
    assertThat(CommandRun.of("train", run).err()).isEmpty();
    Path lines =
        Files.writeString(
            folder.resolve("new.txt"),
            """
            0 qid:5 1:19.5 2:4.2 #docid = GX-7 inc = 1 prob = 0.5
            0.5 qid:5 1:7 # größer
            0 qid:5 2:1
            """);

    CommandRun scored =
        CommandRun.of(
            "score",
            "--model",
            other.resolve("export/latest_model"),
            "--data",
            lines,
            "--output",
            scores(),
            "--to",
            "csv");

    assertThat(scored.err()).isEmpty();
    assertThat(csvLines().stream().map(line -> line.split(",", -1)[1]))
        .containsExactlyInAnyOrder("item", "GX-7", "größer", "2");
  }

  @Test
  void recordsKeepWhatTheyHoldAndGetScores() throws IOException {
    CommandRun run = score(shop.resolve("lists"), "--to", "elwc", "--top-k", 3, "--shards", 2);
    CommandRun again =
        CommandRun.of(
            "score",
            "--model",
            export,
            "--data",
            "elwc:" + scores(),
            "--query-column",
            "query",
            "--item-column",
            "relevance,rank",
            "--output",
            folder.resolve("again"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("scored 60 items of 12 queries");
    assertThat(again.err())
        .startsWith("rankline: two columns would be called 'rank': rename that of the data");
    Dataset<Row> lists =
        LocalSpark.session()
            .read()
            .format("elwc")
            .option("queryColumn", "query")
            .load(scores().toString());
    assertThat(lists.count()).isEqualTo(36);
    assertThat(
            lists
                .select("rank")
                .distinct()
                .as(org.apache.spark.sql.Encoders.LONG())
                .collectAsList())
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(lists.columns()).contains("query", "price", "rating", "relevance", "score");
  }

  @Test
  void whatAModelNeedsIsToldBeforeAnythingIsWritten() throws IOException {
    Path items = Files.writeString(folder.resolve("items.csv"), ITEMS.replace("price,", "cost,"));

    CommandRun missing = score(items, "--item-column", "sku");
    CommandRun unknown = score("parqet:" + items);
    CommandRun none = score(items, "--top-k", 0);

    assertThat(missing.err())
        .startsWith(
            "rankline: csv:%s: there is no column 'price'; there is no column 'sku'; columns are"
                .formatted(items));
    assertThat(unknown.err()).startsWith("rankline: unknown format 'parqet'; expected one of");
    assertThat(none.err()).startsWith("rankline: --top-k must be 1 or more, got 0");
    assertThat(files(folder)).containsExactly("items.csv");
  }

  @Test
  void aRowThatCannotBeReadEndsTheWorkOrIsCounted() throws IOException {
    Path items =
        Files.writeString(folder.resolve("items.csv"), ITEMS.replace("007,00c,3.25", "007,00c,"));

    CommandRun failed = score(items);
    List<String> left = files(folder);
    CommandRun skipped =
        score(items, "--on-corrupt-record", "skip", "--to", "csv", "--max-corrupt-share", 1);
    CommandRun tooMuch = score(items, "--on-corrupt-record", "skip", "--overwrite");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).startsWith("rankline: query '007': ").contains("'price'");
    assertThat(left).containsExactly("items.csv");
    assertThat(skipped.out())
        .startsWith("skipped query '007': ")
        .contains("scored 2 items of 1 queries");
    assertThat(tooMuch.err())
        .contains(
            "50.00 % of the lists cannot be read, more than max_corrupt_share = 0.01, as query");
  }

  @Test
  void whatCannotBeMeantIsRefusedBeforeAnythingIsShown() throws IOException {
    Path items = Files.writeString(folder.resolve("items.csv"), ITEMS);
    Path lists = folder.resolve("lists");
    CommandRun.of(
        "convert",
        "--from",
        "csv",
        "--to",
        "elwc",
        "--input",
        items,
        "--output",
        lists,
        "--query-column",
        "query");
    Path lines = Files.writeString(folder.resolve("nothing.tfrecord"), "");

    CommandRun nowhere = score(lists, "--item-column", "produkt");
    CommandRun nothing = score(lines);
    CommandRun onItself =
        CommandRun.of(
            "score", "--model", export, "--data", lists, "--output", lists, "--overwrite");
    CommandRun onAFile =
        CommandRun.of(
            "score", "--model", export, "--data", lists, "--output", items, "--overwrite");

    assertThat(nowhere.err())
        .startsWith(
            "rankline: --item-column: no item of '%s', and no query, has 'produkt'\n"
                .formatted(lists));
    assertThat(nothing.err()).isEqualTo("rankline: '%s' holds no list\n".formatted(lines));
    assertThat(onItself.err())
        .startsWith(
            "rankline: --output '%1$s' holds the data itself, as 'file:%1$s/".formatted(lists));
    assertThat(onAFile.err())
        .startsWith(
            "rankline: output '%s' is a file, and a folder is made; name another\n"
                .formatted(items));
    assertThat(List.of(nowhere.status(), nothing.status(), onItself.status(), onAFile.status()))
        .isEqualTo(List.of(2, 1, 2, 2));
    assertThat(scores()).doesNotExist();
    assertThat(items).hasContent(ITEMS);
  }

  @Test
  void scoresThatAreThereAreKept() throws IOException {
    Path items = Files.writeString(folder.resolve("items.csv"), ITEMS);
    score(items);

    CommandRun again = score(items);
    CommandRun over = score(items, "--overwrite");

    assertThat(again.err()).startsWith("rankline: output '%s' exists".formatted(scores()));
    assertThat(over.err()).isEmpty();
  }

  private CommandRun score(Object data, Object... options) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "score",
                "--model",
                export,
                "--data",
                data,
                "--output",
                scores(),
                "--query-column",
                "query"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray());
  }

  private Path scores() {
    return folder.resolve("scores");
  }

  private List<String> csvLines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(scores())) {
      for (Path part : parts.sorted().toList()) {
        lines.addAll(Files.readAllLines(part, StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private static List<String> ranksOf(String query, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(query + ","))
        .map(line -> line.split(",", -1)[3])
        .toList();
  }

  private static List<Float> scoresOf(String query, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(query + ","))
        .map(line -> Float.parseFloat(line.split(",", -1)[2]))
        .toList();
  }

  private static Map<String, Double> item(double price, double rating) {
    return Map.of("price", price, "rating", rating);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
