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

  @TempDir static Path folder;

  @BeforeAll
  static void makeLogs() {
    CommandRun run =
        CommandRun.of(
            "generate", "--output", folder.resolve("logs"), "--lists", LISTS, "--shards", 4);
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
    Dataset<Row> lists = spark.read().format("elwc").load(folder + "/logs");
    lists.write().format("elwc").save(folder + "/again");
    Dataset<Row> items =
        spark.read().format("elwc").option("queryColumn", "qid").load(folder + "/logs");
    items.write().format("elwc").option("queryColumn", "qid").save(folder + "/lists");

    for (String copy : List.of("/again", "/lists")) {
      Dataset<Row> read = spark.read().format("elwc").load(folder + copy);
      assertThat(read.count()).isEqualTo(LISTS);
      assertThat(
              read.select(lists.columns()[0], "qid", "utility")
                  .exceptAll(lists.select(lists.columns()[0], "qid", "utility"))
                  .count())
          .isZero();
    }
    assertThat(
            spark
                .sql("SELECT qid, utility, custom_features_7 FROM elwc.`%s/logs`".formatted(folder))
                .count())
        .isEqualTo(LISTS);
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

  /** Every command of README's "Your own data", in a folder of its own, for one epoch. */
  @Test
  void dataOfOnesOwnBecomesAModelAndItsFigures(@TempDir Path shop) throws Exception {
    String readme = page("README.md").replace("/tmp/shop", shop.toString());
    String table = between(page("docs/your-data.md"), "mkdir -p /tmp/shop\n", "```");
    run(new ProcessBuilder("sh", "-c", table.replace("/tmp/shop", shop.toString())));
    String own = between(readme, "## Your own data", "[Your data]");
    Files.writeString(
        shop.resolve("run.conf"),
        "data {" + between(own, "```\ndata {", "```").replace("num_epochs = 10", "num_epochs = 1"));

    String out = "";
    for (String command : own.replace("\\\n", " ").lines().toList()) {
      if (command.startsWith("./deploy/local/rankline ")) {
        CommandRun run =
            CommandRun.of((Object[]) command.strip().split("\\s+", 2)[1].split("\\s+"));
        assertThat(run.status()).as(command + ": " + run.err()).isZero();
        out += run.out();
      }
    }
    SavedRankingModel model =
        SavedRankingModel.load(shop.resolve("model/export/best_model_by_metric").toString());
    float[] scores =
        model.predict(
            Map.of(),
            List.of(
                Map.of("price", 19.5, "rating", 4.2, "reviews", 31),
                Map.of("price", 7.0, "rating", 3.9, "reviews", 2)));

    assertThat(out)
        .contains("wrote 300 lists to ", "label relevance", "this model (epoch 1)", "26 queries")
        .contains("ndcg@10 ", "mrr ");
    assertThat(scores).hasSize(2).doesNotContain(Float.NaN);
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
