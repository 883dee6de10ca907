package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that stand in README.md, line by line, on data that its first command made. */
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
    ListBatcher batcher = ListBatcher.builder().listSize(200).build();

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
  void theReadmeHasTheseLines() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));

    assertThat(readme)
        .contains(
            "RecordFormat.ELWC.decoder(spec), CorruptRecordPolicy.FAIL",
            "ListBatch batch = batcher.batch(lists.subList(0, 128));",
            "SELECT qid, utility, custom_features_7 FROM elwc.",
            "itemRows.write().format(\"elwc\").option(\"queryColumn\", \"qid\")");
  }
}
