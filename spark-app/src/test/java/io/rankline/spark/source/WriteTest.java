package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.proto.Example;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row a list into files. */
@Tag("spark")
class WriteTest {

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void singleValuesAreContextAndArraysAreExamples() {
    writer(
            "'shoes' AS query, true AS loggedIn, array(1.5D, null) AS price, array('a', 'b') AS title")
        .save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(
            elwc(
                example("query", texts("shoes"), "loggedIn", ints(1)),
                example("price", floats(1.5f), "title", texts("a")),
                example("title", texts("b"))));
  }

  @Test
  void contextColumnsMayBeArrays() {
    writer("array('red', 'shoes') AS tokens, array(1F) AS price")
        .option("contextColumns", "tokens")
        .save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(
            elwc(example("tokens", texts("red", "shoes")), example("price", floats(1))));
  }

  @Test
  void itemsThatTheMaskLeavesOutAreDropped() {
    writer(
            "array(1F, 2F, 3F) AS price, array(true, false, true) AS __list_mask__, 9 AS __list_size__")
        .save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(elwc(example(), example("price", floats(1)), example("price", floats(3))));
  }

  @Test
  void aSpecSaysWhatColumnsAre() {
    String spec =
        "{context: {tokens: {kind: var_len, dtype: string}}, example: {price: {shape: [2], dtype: float32, default: 0}}, label: {name: clicks, dtype: float32, default: -1}}";

    writer("array('red') AS tokens, array(array(1D, 2D)) AS price, array(3) AS clicks")
        .option("spec", spec)
        .save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(
            elwc(
                example("tokens", texts("red")),
                example("price", floats(1, 2), "clicks", floats(3))));
  }

  @Test
  void itemsMayBeWrittenAsExamplesOfTheirOwn() throws Exception {
    writer("'shoes' AS query, array(1F, 2F) AS price")
        .option("recordFormat", "tf_example")
        .save(out());

    assertThat(RecordFile.readBytes(folder.resolve("out")))
        .map(Example::parseFrom)
        .containsExactly(
            example("query", texts("shoes"), "price", floats(1)),
            example("query", texts("shoes"), "price", floats(2)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"none,.tfrecord", "gzip,.tfrecord.gz", "zlib,.tfrecord.zlib"})
  void filesAreCompressedAndSaySo(String compression, String extension) {
    writer("array(1F) AS price").option("compression", compression).save(out());

    assertThat(RecordFile.files(folder.resolve("out")))
        .singleElement()
        .matches(file -> file.toString().endsWith(extension));
    assertThat(RecordFile.read(folder.resolve("out"))).hasSize(1);
    assertThat(spark.read().format("elwc").load(out()).count()).isEqualTo(1);
  }

  @Test
  void aFolderIsNotOverwrittenWhileItIsRead() {
    writer("1 AS qid, array(1F) AS price").save(out());

    assertThatThrownBy(
            () ->
                spark
                    .read()
                    .format("elwc")
                    .load(out())
                    .write()
                    .format("elwc")
                    .mode(SaveMode.Overwrite)
                    .save(out()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' cannot be overwritten while rows are read from it; write to another folder"
                .formatted(out()));
    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(elwc(example("qid", ints(1)), example("price", floats(1))));
  }

  @Test
  void aFolderBesideTheOneThatIsReadMayBeOverwritten() {
    writer("array(1F) AS price").save(out());
    writer("array(2F) AS price").save(out() + "-2");

    spark
        .read()
        .format("elwc")
        .load(out() + "-2")
        .write()
        .format("elwc")
        .mode(SaveMode.Overwrite)
        .save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(elwc(example(), example("price", floats(2))));
  }

  @Test
  void saveModesAreThoseOfSpark() {
    writer("array(1F) AS price").save(out());

    assertThatThrownBy(() -> writer("array(2F) AS price").save(out()))
        .isInstanceOf(org.apache.spark.sql.AnalysisException.class)
        .hasMessageContaining("already exists");
    writer("array(2F) AS price").mode(SaveMode.Ignore).save(out());
    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(elwc(example(), example("price", floats(1))));
    writer("array(2F) AS price").mode(SaveMode.Append).save(out());
    assertThat(RecordFile.read(folder.resolve("out"))).hasSize(2);
    writer("array(3F) AS price").mode(SaveMode.Overwrite).save(out());
    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactly(elwc(example(), example("price", floats(3))));
  }

  @Test
  void aFailedJobLeavesNothing() {
    assertThatThrownBy(
            () ->
                spark
                    .range(0, 100, 1, 4)
                    .selectExpr("array(CASE WHEN id = 77 THEN float('NaN') ELSE 1F END) AS price")
                    .write()
                    .format("elwc")
                    .save(out()))
        .rootCause()
        .hasMessage(
            "row 2 of the task: feature 'price' of item 0 is NaN; null stands for a missing value");
    assertThat(RecordFile.files(folder)).isEmpty();
  }

  @Test
  void dataIsNotDeletedForAWriteThatCannotSucceed() {
    writer("array(1F) AS price").save(out());

    assertThatThrownBy(
            () -> writer("array(current_date()) AS price").mode(SaveMode.Overwrite).save(out()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(RecordFile.read(folder.resolve("out"))).hasSize(1);
  }

  @Test
  void partitionsBecomeFolders() {
    spark
        .sql("SELECT array(1F) AS price, 'mon' AS day UNION ALL SELECT array(2F), 'tue'")
        .write()
        .format("elwc")
        .partitionBy("day")
        .save(out());

    assertThat(Files.isDirectory(folder.resolve("out/day=mon"))).isTrue();
    assertThat(
            spark.read().format("elwc").load(out()).filter("day = 'tue'").toJSON().collectAsList())
        .containsExactly(
            "{\"price\":[2.0],\"__list_mask__\":[true],\"__list_size__\":1,\"day\":\"tue\"}");
  }

  private DataFrameWriter<Row> writer(String columns) {
    return spark.sql("SELECT " + columns).write().format("elwc");
  }

  private String out() {
    return folder.resolve("out").toString();
  }
}
