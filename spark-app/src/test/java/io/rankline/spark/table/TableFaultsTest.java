package io.rankline.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no list can be made of, in the words that users read. */
class TableFaultsTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("qid", DataTypes.LongType)
          .add("age", DataTypes.IntegerType)
          .add("price", DataTypes.DoubleType)
          .add("image", SQLDataTypes.VectorType())
          .add("grade", DataTypes.IntegerType);

  private static final RecordSpec SPEC =
      spec("context { age { dtype = float32 } }", "price { dtype = float32 }", "int64");

  @TempDir Path folder;

  @Test
  void theSchemaIsHeldAgainstTheSpecBeforeAnythingIsRead() {
    StructType schema =
        new StructType()
            .add("qid", DataTypes.DoubleType)
            .add("age", DataTypes.StringType)
            .add("prise", DataTypes.DoubleType)
            .add("image", DataTypes.DoubleType)
            .add("grade", DataTypes.StringType);

    assertThatThrownBy(() -> RankingTable.ofItems(schema, SPEC, "qid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            column 'qid' must be text or an integer, the group; cast it to bigint or string; it has type double
            column 'age' must hold float32, as its feature says; it has type string
            column 'image' must hold arrays of 2 values of float32, as its feature says; it has type double
            there is no column 'price' for the feature; columns are prise, grade, qid, age, image
            column 'grade' must be a number, a label; cast it, or index text with a StringIndexer; it has type string\
            """);
    assertThatThrownBy(() -> RankingTable.ofLists(SCHEMA, SPEC, null))
        .hasMessageContaining(
            "column 'price' must be an array with an element an item, since a row is a list; it has"
                + " type double");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no query     | column 'qid', the group, is null; the row is {qid=null, age=30, price=1.5,"
            + " image=[1.0,2.0], grade=1}",
        "null         | query '7': column 'price' is null, and the feature has no default; the row"
            + " is {qid=7, age=30, price=null, image=[1.0,2.0], grade=1}",
        "NaN          | query '7': column 'price' is NaN; the row is {qid=7, age=30, price=NaN,"
            + " image=[1.0,2.0], grade=1}",
        "too large    | query '7': column 'price' is 1.0E300, which is no finite float; the row is"
            + " {qid=7, age=30, price=1.0E300, image=[1.0,2.0], grade=1}",
        "vector size  | query '7': column 'image' has 3 values, not 2; the row is {qid=7, age=30,"
            + " price=1.5, image=[1.0,2.0,3.0], grade=1}",
        "NaN inside   | query '7': column 'image' is NaN; the row is {qid=7, age=30, price=1.5,"
            + " image=[1.0,NaN], grade=1}",
        "label        | query '7': column 'grade' is null, and the label has no default; the row is"
            + " {qid=7, age=30, price=1.5, image=[1.0,2.0], grade=null}",
        "context      | query '7': column 'age' is of the context, but differs among the rows of"
            + " the query: 30 and 31; the row is {qid=7, age=31, price=1.5, image=[1.0,2.0],"
            + " grade=1}",
      })
  void aFaultNamesColumnQueryAndRow(String fault, String message) {
    List<Row> rows = new ArrayList<>(List.of(row(7L, 30, 2.0), row(7L, 30, 2.5), row(8L, 30, 0.0)));
    rows.add(
        switch (fault) {
          case "no query" -> row(null, 30, 1.5);
          case "null" -> row(7L, 30, null);
          case "NaN" -> row(7L, 30, Double.NaN);
          case "too large" -> row(7L, 30, 1e300);
          case "vector size" -> row(7L, 30, 1.5, 1, 1, 2, 3);
          case "NaN inside" -> row(7L, 30, 1.5, 1, 1, Double.NaN);
          case "label" -> row(7L, 30, 1.5, null, 1, 2);
          default -> row(7L, 31, 1.5);
        });

    assertThatThrownBy(() -> write(rows, CorruptRecordPolicy.FAIL))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  @Test
  void allFaultsAreToldAfterOneReading() {
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < 15; k++) {
      rows.add(row((long) k % 3, 30, k % 5 == 0 ? 1.0 : Double.NaN));
    }
    assertThatThrownBy(() -> write(rows, CorruptRecordPolicy.FAIL))
        .hasMessageContaining("query '0': column 'price' is NaN")
        .hasMessageContaining("query '2': column 'price' is NaN")
        .hasMessageEndingWith("and 2 more rows");
  }

  @Test
  void faultyRowsAreLeftOutOnlyWhereThatIsAskedFor() throws IOException {
    List<Row> rows =
        Arrays.asList(
            row(1L, 30, 1.0), row(1L, 30, null), row(2L, 30, Double.NaN), row(3L, 1, 1.0));

    TableFiles.Written written = write(rows, CorruptRecordPolicy.SKIP);

    assertThat(written).isEqualTo(new TableFiles.Written(2, 2, 2));
  }

  @Test
  @Timeout(30) // a fault at a time, reading the others anew, took minutes
  void aHugeQueryMayHaveAFaultInEachRow() throws IOException {
    Dataset<Row> table =
        LocalSpark.session()
            .range(200_000)
            .selectExpr(
                "7L AS qid",
                "30 AS age",
                "IF(id % 1000 = 1, 1D, double('NaN')) AS price",
                "array(1D, 2D) AS image",
                "1 AS grade");

    TableFiles.Written written =
        TableFiles.write(
            table,
            RankingTable.ofItems(table.schema(), SPEC, "qid"),
            folder.toString(),
            1,
            CorruptRecordPolicy.SKIP);

    assertThat(written).isEqualTo(new TableFiles.Written(1, 200, 199_800));
  }

  @Test
  void decimalsAreIntegersOfAnySizeThatInt64Holds() throws IOException {
    Dataset<Row> table =
        LocalSpark.session()
            .sql(
                "SELECT 1L AS qid, 9007199254740993.00BD AS price, array(1D, 2D) AS image,"
                    + " cast(2 AS tinyint) AS grade");
    RankingTable whole =
        RankingTable.ofItems(table.schema(), spec("", "price { dtype = int64 }", "int64"), "qid");

    RankingList list = TableLists.of(table, whole, 1).lists().first();

    assertThat(list.exampleColumns().get(0))
        .isInstanceOfSatisfying(
            LongColumn.class, c -> assertThat(c.values()[0]).isEqualTo(9007199254740993L));
    assertThat(list.label(0, 0)).isEqualTo(2f);
    Dataset<Row> larger = table.selectExpr("qid", "price * 10000 AS price", "image", "grade");
    RankingTable ofLarger =
        RankingTable.ofItems(larger.schema(), spec("", "price { dtype = int64 }", "int64"), "qid");
    assertThatThrownBy(
            () ->
                TableFiles.write(larger, ofLarger, folder.toString(), 1, CorruptRecordPolicy.FAIL))
        .hasMessageStartingWith(
            "query '1': column 'price' is 90071992547409930000.00, which is no int64");
  }

  @Test
  void integersAreNotCutFromFractions() {
    Dataset<Row> table = table(List.of(row(1L, 30, 1.5)));
    RankingTable whole =
        RankingTable.ofItems(SCHEMA, spec("", "price { dtype = int64 }", "float32"), "qid");

    assertThatThrownBy(
            () -> TableFiles.write(table, whole, folder.toString(), 1, CorruptRecordPolicy.FAIL))
        .hasMessageStartingWith(
            "query '1': column 'price' is 1.5, but its type is int64; describe it as float32");
  }

  private TableFiles.Written write(List<Row> rows, CorruptRecordPolicy policy) throws IOException {
    return TableFiles.write(
        table(rows), RankingTable.ofItems(SCHEMA, SPEC, "qid"), folder.toString(), 2, policy);
  }

  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
  }

  private static Row row(@Nullable Long query, int age, @Nullable Double price) {
    return row(query, age, price, 1, 1, 2);
  }

  private static Row row(
      @Nullable Long query,
      int age,
      @Nullable Double price,
      @Nullable Integer grade,
      double first,
      double... more) {
    return RowFactory.create(query, age, price, Vectors.dense(first, more), grade);
  }

  private static RecordSpec spec(String context, String price, String labelType) {
    return RecordSpecText.parse(
        "%s, example { %s, image { dtype = float32, shape = [2] } }, label { name = grade, dtype = %s }"
            .formatted(context.isEmpty() ? "context {}" : context, price, labelType),
        "test");
  }
}
