package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs and commands of README.md, docs/formats.md and docs/your-data.md, on made-up data.
 */
@Tag("spark")
class ReadmeTest {

  private static final int LISTS = 150;

  /** Lists of a log that Spark reads six times, all of it also to find its columns. */
  private static final int FEW_LISTS = 20;

  @TempDir static Path folder;

  @BeforeAll
  static void makeLogs() {
    generate("logs", LISTS);
    generate("few", FEW_LISTS);
  }

  private static void generate(String name, int lists) {
    CommandRun run =
        CommandRun.of(
            "generate", "--output", folder.resolve(name), "--lists", lists, "--shards", 4);
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void listsAndBatchesInJava() throws IOException {
    RecordSpec spec =
        RecordSpecText.parse(
            """
            example { "custom_features_{1..136}" { dtype = float32, default = 0 } }
            label   { name = utility, dtype = int64, default = -1 }
            """,
            "readme");
    RecordFiles files = new RecordFiles(new Configuration());
    ListBatcher batcher = new ListBatcher(new ListSize(200));

    List<RankingList> lists = new ArrayList<>();
    for (FileStatus file : files.list(folder + "/logs/*.tfrecord")) {
      try (RankingListReader reader =
          RankingListReader.open(
              files,
              file.getPath(),
              RecordFormat.ELWC.decoder(spec),
              CorruptRecordPolicy.FAIL,
              fault -> {})) {
        RankingList list;
        while ((list = reader.next()) != null) {
          lists.add(list);
        }
      }
    }
    ListBatch batch = batcher.batch(lists.subList(0, 128));

    assertThat(lists).hasSize(LISTS);
    assertThat(batch.examples()).hasSize(128 * 200 * 136);
  }

  @Test
  void dataFramesToElwcAndBack() {
    SparkSession spark = LocalSpark.session();
    Dataset<Row> lists = spark.read().format("elwc").load(folder + "/few");
    lists.write().format("elwc").save(folder + "/again");
    Dataset<Row> items =
        spark.read().format("elwc").option("queryColumn", "qid").load(folder + "/few");
    items.write().format("elwc").option("queryColumn", "qid").save(folder + "/lists");

    for (String copy : List.of("/again", "/lists")) {
      Dataset<Row> read = spark.read().format("elwc").load(folder + copy);
      assertThat(read.count()).isEqualTo(FEW_LISTS);
      assertThat(
              read.select(lists.columns()[0], "qid", "utility")
                  .exceptAll(lists.select(lists.columns()[0], "qid", "utility"))
                  .count())
          .isZero();
    }
    assertThat(
            spark
                .sql("SELECT qid, utility, custom_features_7 FROM elwc.`%s/few`".formatted(folder))
                .count())
        .isEqualTo(FEW_LISTS);
  }

  @Test
  void thePagesHaveTheseLines() throws IOException {
    String pages = page("README.md") + page("docs/formats.md");

    assertThat(pages)
        .contains(
            "RecordFormat.ELWC.decoder(spec), CorruptRecordPolicy.FAIL",
            "ListBatch batch = batcher.batch(lists.subList(0, 128));",
            "SELECT qid, utility, custom_features_7 FROM elwc.",
            "items.write().format(\"elwc\").option(\"queryColumn\", \"qid\")");
  }

  /** Every command of "From a table to scores", in a folder of its own, for few epochs. */
  @Test
  void aTableBecomesJoinedScores(@TempDir Path shop) throws Exception {
    String steps = between(page("docs/your-data.md"), "## From a table to scores", "\n## ");
    StringBuilder out = new StringBuilder();
    for (String shell : steps.replace("/tmp/shop", shop.toString()).split("```sh\n", -1)) {
      String commands = shell.contains("```") ? shell.substring(0, shell.indexOf("```")) : "";
      if (commands.startsWith("./deploy/local/rankline ")) {
        out.append(command(commands.replace("\\\n", " ").strip()));
      } else if (!commands.isEmpty()) {
        run(new ProcessBuilder("sh", "-c", commands));
      }
    }

    assertThat(withoutCounts(Files.readString(shop.resolve("run.conf"))))
        .contains(withoutCounts(between(steps, "```\n    example {", "```")))
        .contains("\"category\" { hash_buckets = 32, dimension = 8 }");
    assertThat(out)
        .contains("lists 500   items 10,000", "made 500 lists of csv:")
        .contains("on the test data", "ndcg@10 ", "mrr ")
        .contains("scored 400 items of 20 queries to ");
    List<String> joined = Files.readAllLines(shop.resolve("ranked.csv"));
    assertThat(joined).hasSize(401);
    assertThat(joined.get(0))
        .isEqualTo("query,product,title,category,price,rating,reviews,seen_at,score,rank");
    assertThat(joined.subList(1, 401))
        .allMatch(line -> line.matches("5\\d\\d,P.*,-?[0-9.E-]+,\\d+"));
  }

  /** README's configuration by hand and its program. */
  @Test
  void aConfigurationByHandTrainsAModelForJava(@TempDir Path shop) throws Exception {
    String readme = page("README.md").replace("/tmp/shop", shop.toString());
    String table = between(page("docs/your-data.md"), "mkdir -p /tmp/shop\n", "```");
    run(new ProcessBuilder("sh", "-c", table.replace("/tmp/shop", shop.toString())));
    String configuration = "data {" + between(readme, "```\ndata {", "```");
    Files.writeString(shop.resolve("run.conf"), configuration);

    String out = command("./deploy/local/rankline train " + shop.resolve("run.conf"));
    SavedRankingModel model =
        SavedRankingModel.load(shop.resolve("model/export/best_model_by_metric").toString());
    float[] scores =
        model.predict(
            Map.of(),
            List.of(
                Map.of("price", 19.5, "rating", 4.2, "reviews", 31),
                Map.of("price", 7.0, "rating", 3.9, "reviews", 2)));

    assertThat(configuration.lines()).hasSizeLessThanOrEqualTo(15);
    assertThat(out).contains("this model (epoch ", "best single feature");
    assertThat(scores).hasSize(2).doesNotContain(Float.NaN);
  }

  private static String command(String line) {
    String words = line.split("\\s+", 2)[1];
    String few = words.startsWith("train") ? " --set pipeline.num_epochs=2" : "";
    CommandRun run = CommandRun.of((Object[]) (words + few).split("\\s+"));
    assertThat(run.status()).as(line + ": " + run.err()).isZero();
    return run.out();
  }

  /** The awk of another machine draws other numbers. */
  private static String withoutCounts(String draft) {
    return draft.replaceAll("[0-9,]+ (different|values)", "some $1");
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("..", name));
  }

  private static String between(String text, String from, String to) {
    int begin = text.indexOf(from) + from.length();
    assertThat(text).contains(from);
    return text.substring(begin, text.indexOf(to, begin));
  }

  private static void run(ProcessBuilder process) throws Exception {
    assertThat(process.inheritIO().start().waitFor()).isZero();
  }
}
