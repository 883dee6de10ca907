package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row an item, in and out. */
@Tag("spark")
class FlatFormTest {

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void rowsOfAQueryBecomeAListWhereverTheyStand() {
    Dataset<Row> items =
        items(
            "qid STRING, device STRING, price DOUBLE, clicks INT",
            RowFactory.create("q2", "phone", 1.0, 0),
            RowFactory.create("q1", "desk", 2.0, 1),
            RowFactory.create("q2", "phone", 3.0, null),
            RowFactory.create("q1", "desk", 4.0, 2),
            RowFactory.create("q2", "phone", 5.0, 3));

    flatWrite(items).option("contextColumns", "device").save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrder(
            elwc(
                example("qid", texts("q1"), "device", texts("desk")),
                example("price", floats(2), "clicks", ints(1)),
                example("price", floats(4), "clicks", ints(2))),
            elwc(
                example("qid", texts("q2"), "device", texts("phone")),
                example("price", floats(1), "clicks", ints(0)),
                example("price", floats(3)),
                example("price", floats(5), "clicks", ints(3))));
  }

  @Test
  void itemsKeepTheirOrderOverManyPartitions() {
    Dataset<Row> items =
        spark.range(0, 5000, 1, 7).selectExpr("id % 37 AS qid", "CAST(id AS FLOAT) AS position");

    flatWrite(items).save(out());

    List<Row> lists =
        spark.read().format("elwc").load(out()).select("qid", "position").collectAsList();
    assertThat(lists).hasSize(37);
    for (Row list : lists) {
      List<Float> positions = list.getList(1);
      assertThat(positions).isSorted().hasSizeBetween(135, 136);
      assertThat(positions).allMatch(position -> position.longValue() % 37 == list.getLong(0));
    }
  }

  @Test
  void aFlatReadRepeatsTheContextAndWritesBackTheSame() {
    RecordFile.write(
        folder.resolve("in/a.tfrecord"),
        elwc(
            example("qid", texts("q1"), "hour", floats(7)),
            example("price", floats(1), "label", ints(1)),
            example("price", floats(2))),
        elwc(example("qid", texts("q2")), example("label", ints(0))));

    Dataset<Row> items = flatRead("qid");
    flatWrite(items).save(out());

    assertThat(items.schema().toDDL()).isEqualTo("hour FLOAT,qid STRING,label BIGINT,price FLOAT");
    assertThat(items.toJSON().collectAsList())
        .containsExactly(
            "{\"hour\":7.0,\"qid\":\"q1\",\"label\":1,\"price\":1.0}",
            "{\"hour\":7.0,\"qid\":\"q1\",\"price\":2.0}",
            "{\"qid\":\"q2\",\"label\":0}");
    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrderElementsOf(RecordFile.read(folder.resolve("in")));
  }

  @Test
  void queriesWithoutANameGetOneThatIsNotWritten() {
    RecordFile.write(
        folder.resolve("in/a.tfrecord"),
        elwc(example(), example("price", floats(1)), example("price", floats(2))),
        elwc(example(), example("price", floats(3))));

    Dataset<Row> items = flatRead("qid");
    flatWrite(items).save(out());

    String file = "file:" + folder.resolve("in/a.tfrecord");
    assertThat(items.select("qid", "price").collectAsList())
        .containsExactly(
            RowFactory.create(file + "#0", 1f),
            RowFactory.create(file + "#0", 2f),
            RowFactory.create(file + "#1", 3f));
    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrderElementsOf(RecordFile.read(folder.resolve("in")));
  }

  @Test
  void listsWithoutANameStayApartWhereFilesOfTwoFoldersAreCalledTheSame() {
    RecordFile.write(
        folder.resolve("in/day=1/a.tfrecord"), elwc(example(), example("price", floats(1))));
    RecordFile.write(
        folder.resolve("in/day=2/a.tfrecord"), elwc(example(), example("price", floats(2))));

    flatWrite(flatRead("qid").drop("day")).save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrder(
            elwc(example(), example("price", floats(1))),
            elwc(example(), example("price", floats(2))));
  }

  @Test
  void queriesAndContextMayBeBinary() {
    Dataset<Row> items =
        items(
            "qid BINARY, device BINARY, price FLOAT",
            RowFactory.create(utf8("q1"), utf8("phone"), 1f),
            RowFactory.create(utf8("q2"), utf8("desk"), 2f),
            RowFactory.create(utf8("q1"), utf8("phone"), 3f));

    flatWrite(items).option("contextColumns", "device").save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrder(
            elwc(
                example("qid", texts("q1"), "device", texts("phone")),
                example("price", floats(1)),
                example("price", floats(3))),
            elwc(
                example("qid", texts("q2"), "device", texts("desk")), example("price", floats(2))));
  }

  @Test
  void aBinaryContextThatChangesIsToldAsText() {
    Dataset<Row> items =
        items(
            "qid BINARY, device BINARY, price FLOAT",
            RowFactory.create(utf8("q1"), utf8("phone"), 1f),
            RowFactory.create(utf8("q1"), utf8("desk"), 2f));

    assertThatThrownBy(() -> flatWrite(items).option("contextColumns", "device").save(out()))
        .rootCause()
        .hasMessage(
            "query 'q1': context column 'device' must be the same in all items of a query, got phone and desk");
  }

  @Test
  void itemsAreCountedNotLists() {
    RecordFile.write(
        folder.resolve("in/a.tfrecord"),
        elwc(example("qid", texts("q1")), example("p", floats(1)), example("p", floats(2))));

    assertThat(flatRead("qid").count()).isEqualTo(2);
  }

  @Test
  void aSpecWithoutTheQueryGroupsByItAndLeavesItOut() {
    Dataset<Row> items =
        items(
            "qid INT, price FLOAT, device STRING",
            RowFactory.create(2, 1f, "desk"),
            RowFactory.create(1, 2f, "phone"),
            RowFactory.create(2, 3f, "desk"));

    flatWrite(items)
        .option("spec", "{context: {device: {dtype: string}}, example: {price: {dtype: float32}}}")
        .option("recordFormat", "elwc")
        .save(out());

    assertThat(RecordFile.read(folder.resolve("out")))
        .containsExactlyInAnyOrder(
            elwc(example("device", texts("phone")), example("price", floats(2))),
            elwc(
                example("device", texts("desk")),
                example("price", floats(1)),
                example("price", floats(3))));
  }

  @Test
  void aLimitOfRowsAFileCutsNoQueryApart() {
    Dataset<Row> items =
        spark.range(100).selectExpr("id % 3 AS qid", "CAST(id AS FLOAT) AS position");

    flatWrite(items).option("maxRecordsPerFile", 10).save(out());

    assertThat(spark.read().format("elwc").load(out()).count()).isEqualTo(3);
  }

  @Test
  void partitionsMayBeWritten() {
    Dataset<Row> items =
        spark
            .range(0, 600, 1, 3)
            .selectExpr(
                "id % 50 AS qid", "CAST(id AS FLOAT) AS position", "CAST(id % 2 AS STRING) AS day");

    flatWrite(items).partitionBy("day").save(out());

    Dataset<Row> lists = spark.read().format("elwc").load(out());
    assertThat(lists.filter("day = 0").count()).isEqualTo(25);
    assertThat(lists.schema().fieldNames()).contains("day");
    for (Row list : lists.select("qid", "position").collectAsList()) {
      assertThat(list.<Float>getList(1)).hasSize(12).isSorted();
    }
  }

  @Test
  void aContextThatChangesWithinAQueryIsRefused() {
    Dataset<Row> items =
        items(
            "qid STRING, device STRING, price FLOAT",
            RowFactory.create("q1", "phone", 1f),
            RowFactory.create("q1", "desk", 2f));

    assertThatThrownBy(() -> flatWrite(items).option("contextColumns", "device").save(out()))
        .rootCause()
        .hasMessage(
            "query 'q1': context column 'device' must be the same in all items of a query, got phone and desk");
    assertThat(RecordFile.files(folder)).isEmpty();
  }

  @Test
  void anItemWithoutQueryIsRefused() {
    Dataset<Row> items =
        items("qid STRING, price FLOAT", RowFactory.create("q1", 1f), RowFactory.create(null, 2f));

    assertThatThrownBy(() -> flatWrite(items).save(out()))
        .rootCause()
        .hasMessage("queryColumn 'qid' is null in a row; every item must name its query");
  }

  @Test
  void aQueryColumnMustBeThereAndNameQueries() {
    Dataset<Row> items = items("qid DOUBLE, price FLOAT", RowFactory.create(1.0, 1f));

    assertThatThrownBy(() -> flatWrite(items).save(out()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("queryColumn 'qid' has type double; it must be text or an integer");
    assertThatThrownBy(
            () -> items.write().format("elwc").option("queryColumn", "query").save(out()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("queryColumn 'query' is not among the columns");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Dataset<Row> items(String ddl, Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), StructType.fromDDL(ddl));
  }

  private Dataset<Row> flatRead(String query) {
    return spark
        .read()
        .format("elwc")
        .option("queryColumn", query)
        .load(folder.resolve("in").toString());
  }

  private org.apache.spark.sql.DataFrameWriter<Row> flatWrite(Dataset<Row> items) {
    return items.write().format("elwc").option("queryColumn", "qid");
  }

  private String out() {
    return folder.resolve("out").toString();
  }
}
