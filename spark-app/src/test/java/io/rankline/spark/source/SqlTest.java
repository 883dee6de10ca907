package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.spark.testing.Faults;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source as Spark's other parts meet it: SQL, tables, hidden columns, partitions. */
@Tag("spark")
class SqlTest {

  private static final ExampleListWithContext SHOES =
      elwc(example("query", texts("shoes")), example("a", floats(1), "b", floats(2)));

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @AfterEach
  void dropTables() {
    spark.sql("DROP TABLE IF EXISTS lists");
  }

  @Test
  void aPathIsATable() {
    RecordFile.write(folder.resolve("a.tfrecord"), SHOES, SHOES);

    assertThat(
            spark
                .sql("SELECT sum(a[0] + b[0]) FROM elwc.`%s` GROUP BY query".formatted(folder))
                .head()
                .getDouble(0))
        .isEqualTo(6);
  }

  @Test
  void aTableTakesInserts() {
    RecordFile.write(folder.resolve("t/a.tfrecord"), SHOES);
    spark.sql(
        "CREATE TABLE lists USING elwc OPTIONS (listSize 2) LOCATION '%s'"
            .formatted(folder.resolve("t").toUri()));

    assertThat(spark.table("lists").columns()).containsExactly("query", "a", "b");
    spark.sql("INSERT INTO lists SELECT 'hats', array(5F), array(6F)");

    assertThat(
            spark.read().format("elwc").load(folder.resolve("t").toString()).schema().fieldNames())
        .contains("__list_mask__", "__list_size__");
    assertThat(spark.sql("SELECT query, a FROM lists ORDER BY a").toJSON().collectAsList())
        .containsExactly(
            "{\"query\":\"shoes\",\"a\":[1.0,null]}", "{\"query\":\"hats\",\"a\":[5.0,null]}");
  }

  @Test
  void aTableIsMadeOfAQuery() {
    spark.sql(
        "CREATE TABLE lists USING elwc LOCATION '%s' AS SELECT 'shoes' AS query, array(1F) AS a, array(2F) AS b"
            .formatted(folder.resolve("t").toUri()));

    assertThat(RecordFile.read(folder.resolve("t"))).containsExactly(SHOES);
    assertThat(spark.table("lists").select("query").head().getString(0)).isEqualTo("shoes");
  }

  @Test
  void aTableThatIsMadeOfIntegersAndDoublesIsRead() {
    spark.sql(
        "CREATE TABLE lists USING elwc LOCATION '%s' AS SELECT 7 AS query, array(1, 2) AS a, array(1.5D, 2.5D) AS b"
            .formatted(folder.resolve("t").toUri()));

    assertThat(spark.sql("SELECT query, a, b FROM lists").toJSON().collectAsList())
        .containsExactly("{\"query\":7,\"a\":[1,2],\"b\":[1.5,2.5]}");
    assertThat(spark.table("lists").schema().apply("a").dataType().catalogString())
        .isEqualTo("array<bigint>");
  }

  @Test
  void aTableDeclaredWithTypesThatAreReadOtherwiseTakesNoRows() {
    spark.sql(
        "CREATE TABLE lists (query INT, a ARRAY<FLOAT>) USING elwc LOCATION '%s'"
            .formatted(folder.resolve("t").toUri()));

    assertThat(
            Faults.messageOf(
                IllegalArgumentException.class,
                () -> spark.sql("INSERT INTO lists SELECT 7, array(1F)")))
        .isEqualTo("column 'query' has type int, but is read as bigint; declare it so");
    assertThat(folder.resolve("t/_SUCCESS")).doesNotExist();
  }

  @Test
  void aDirectoryIsWritten() {
    spark.sql(
        "INSERT OVERWRITE DIRECTORY '%s' USING elwc SELECT 'shoes' AS query, array(1F) AS a, array(2F) AS b"
            .formatted(folder.resolve("t").toUri()));

    assertThat(RecordFile.read(folder.resolve("t"))).containsExactly(SHOES);
  }

  @Test
  void filesTellTheirNames() {
    RecordFile.write(folder.resolve("with blank & more.tfrecord"), SHOES);

    Dataset<Row> lists =
        spark.read().format("elwc").load(folder.toString()).select("_metadata.file_name", "a");

    assertThat(lists.toJSON().collectAsList())
        .containsExactly("{\"file_name\":\"with%20blank%20&%20more.tfrecord\",\"a\":[1.0]}");
  }

  @Test
  void partitionsAreCountedWithoutDecoding() {
    RecordFile.write(folder.resolve("day=mon/a.tfrecord"), SHOES, SHOES);
    RecordFile.write(folder.resolve("day=tue/a.tfrecord"), SHOES);

    assertThat(
            spark
                .read()
                .format("elwc")
                .load(folder.toString())
                .groupBy("day")
                .count()
                .orderBy("day")
                .toJSON()
                .collectAsList())
        .containsExactly("{\"day\":\"mon\",\"count\":2}", "{\"day\":\"tue\",\"count\":1}");
  }

  @Test
  void anEmptyDataFrameIsWrittenAndReadWithASpec() {
    String out = folder.resolve("out").toString();
    spark.sql("SELECT array(1F) AS a").filter("false").write().format("elwc").save(out);

    Dataset<Row> lists =
        spark.read().format("elwc").option("spec", "{example: {a: {dtype: float32}}}").load(out);

    assertThat(lists.count()).isZero();
    assertThat(lists.collectAsList()).isEmpty();
  }

  @Test
  void namesOfFeaturesMayBeAnything() {
    ExampleListWithContext odd =
        elwc(example(), example("a.b", floats(1), "c d", floats(2), "`e`", floats(3)));
    RecordFile.write(folder.resolve("in/a.tfrecord"), odd);

    Dataset<Row> lists = spark.read().format("elwc").load(folder.resolve("in").toString());
    lists.write().format("elwc").save(folder.resolve("out").toString());

    assertThat(lists.select("`a.b`").head().getList(0)).containsExactly(1f);
    assertThat(RecordFile.read(folder.resolve("out"))).containsExactly(odd);
  }

  @Test
  void streamsAreReadAndWritten() throws Exception {
    RecordFile.write(folder.resolve("in/a.tfrecord"), SHOES, SHOES);
    Dataset<Row> once = spark.read().format("elwc").load(folder.resolve("in").toString());

    spark
        .readStream()
        .format("elwc")
        .schema(once.schema())
        .load(folder.resolve("in").toString())
        .writeStream()
        .format("elwc")
        .option("checkpointLocation", folder.resolve("state").toString())
        .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
        .start(folder.resolve("out").toString())
        .awaitTermination();

    assertThat(spark.read().format("elwc").load(folder.resolve("out").toString()).collectAsList())
        .isEqualTo(once.collectAsList())
        .hasSize(2);
  }

  @Test
  void aTableThatSparkPartitionedInNameOnlySaysSo() {
    spark
        .sql("SELECT array(1F) AS a, 'mon' AS day")
        .write()
        .format("elwc")
        .partitionBy("day")
        .option("path", folder.resolve("t").toString())
        .saveAsTable("lists");

    assertThat(
            Faults.messageOf(
                IllegalStateException.class, () -> spark.table("lists").collectAsList()))
        .isEqualTo(
            "the file lies in no partition folder, but the table has partition columns day; write"
                + " with save(path), then CREATE TABLE ... LOCATION path");
  }

  @Test
  void aTableMayBePartitionedOverAPath() {
    String out = folder.resolve("t").toString();
    spark
        .sql("SELECT array(1F) AS a, 'mon' AS day")
        .write()
        .format("elwc")
        .partitionBy("day")
        .save(out);
    spark.sql(
        "CREATE TABLE lists (a ARRAY<FLOAT>, day STRING) USING elwc PARTITIONED BY (day) LOCATION '%s'"
            .formatted(out));
    spark.sql("MSCK REPAIR TABLE lists");

    spark.sql("INSERT INTO lists SELECT array(2F), 'tue'");

    assertThat(spark.sql("SELECT day, a FROM lists ORDER BY day").toJSON().collectAsList())
        .containsExactly("{\"day\":\"mon\",\"a\":[1.0]}", "{\"day\":\"tue\",\"a\":[2.0]}");
  }
}
