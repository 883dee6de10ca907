package io.rankline.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import io.rankline.testing.SharedFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that were read and written are the records that were there. */
@Tag("spark")
class RoundTripTest {

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void listsOfRandomRecordsAreWrittenBack(long seed) {
    randomRecords(seed);

    write(read(Map.of()), Map.of());

    assertSame();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5, 6})
  void paddedListsAreWrittenBackWithoutTheirPadding(long seed) {
    randomRecords(seed);

    write(read(Map.of("listSize", "30")), Map.of());

    assertSame();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8, 9})
  void assembledListsAreWrittenBackUnderTheNamesOfTheirFeatures(long seed) {
    randomRecords(seed);

    Dataset<Row> lists =
        read(Map.of("assembled", "true", "labelColumn", "float_1", "listSize", "25"));
    write(lists, Map.of());

    assertThat(lists.schema().fieldNames())
        .contains("features", "context_features", "float_1")
        .doesNotContain("float_2", "context_float_1");
    assertSame();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {10, 11, 12})
  void flatRowsAreGroupedToTheSameLists(long seed) {
    randomRecords(seed);
    Map<String, String> flat = Map.of("queryColumn", "query");

    write(read(flat).repartition(5, LocalSpark.hashOf("query")), flat);

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrderElementsOf(
            RecordFile.read(folder.resolve("in")).stream()
                .filter(record -> record.getExamplesCount() > 0)
                .toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {13})
  void metadataSurvivesOtherColumnsAndParquet(long seed) {
    randomRecords(seed);
    String parquet = folder.resolve("parquet").toString();
    read(Map.of("assembled", "true", "labelColumn", "")).coalesce(1).write().parquet(parquet);

    Dataset<Row> lists =
        spark
            .read()
            .parquet(parquet)
            .withColumn("extra", org.apache.spark.sql.functions.lit(1))
            .drop("extra");
    write(lists, Map.of());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrderElementsOf(RecordFile.read(folder.resolve("in")));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "train_elwc.tfrecord",
        "eval_elwc.tfrecord",
        "train_numerical_elwc.tfrecord",
        "vali_numerical_elwc.tfrecord",
        "test_numerical_elwc.tfrecord",
        "tfrbert_elwc_train.tfrecord",
        "tfrbert_elwc_test.tfrecord"
      })
  void filesOfTensorFlowAreWrittenBack(String name) {
    Path file = SharedFolder.require("data/elwc_sample/" + name);

    Dataset<Row> lists =
        spark.read().format("elwc").option("sampleRecords", 1000).load(file.toString());
    write(lists, Map.of());

    assertThat(lists.count()).isPositive();
    assertThat(RecordFile.read(folder.resolve("out"))).isEqualTo(RecordFile.read(file));
  }

  private void randomRecords(long seed) {
    RandomRecords records = new RandomRecords(seed);
    for (int file = 0; file < 3; file++) {
      RecordFile.write(
          folder.resolve("in/part-%d.tfrecord".formatted(file)),
          records.next(10).toArray(ExampleListWithContext[]::new));
    }
  }

  private Dataset<Row> read(Map<String, String> options) {
    DataFrameReader reader = spark.read().format("elwc").option("sampleRecords", 1000);
    return reader.options(options).load(folder.resolve("in").toString());
  }

  private void write(Dataset<Row> rows, Map<String, String> options) {
    rows.write().format("elwc").options(options).save(folder.resolve("out").toString());
  }

  /** Spark reads large files first, so records come in the order of their files' sizes. */
  private void assertSame() {
    List<ExampleListWithContext> written = RecordFile.read(folder.resolve("out"));
    assertThat(written)
        .containsExactlyInAnyOrderElementsOf(RecordFile.read(folder.resolve("in")))
        .anyMatch(record -> record.getExamplesList().contains(RecordFile.example()));
  }
}
