package io.rankline.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.LocalSpark;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.mutable.WrappedArray;

/** Rows in Spark's own form hold what Spark's public rows hold. */
class InternalRowsTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("price", DataTypes.DoubleType, false)
          .add("age", DataTypes.IntegerType)
          .add(
              "id",
              DataTypes.LongType,
              true,
              new MetadataBuilder().putString("comment", "of the shop").build())
          .add("floats", DataTypes.createArrayType(DataTypes.FloatType))
          .add("doubles", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("words", DataTypes.createArrayType(DataTypes.StringType))
          .add("image", SQLDataTypes.VectorType())
          .add("name", DataTypes.StringType)
          .add("name", DataTypes.StringType)
          .add("bytes", DataTypes.BinaryType)
          .add("day", DataTypes.DateType)
          .add("seen", DataTypes.TimestampType)
          .add("cost", DataTypes.createDecimalType(30, 2))
          .add("seller", new StructType().add("town", DataTypes.StringType))
          .add("counts", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType));

  private static final List<Row> ROWS =
      List.of(
          RowFactory.create(
              1.5,
              7,
              1L << 60,
              new Float[] {1f, Float.MIN_VALUE, -0f},
              new Double[] {1e300, 2.0},
              new String[] {"red", null, "größer"},
              Vectors.sparse(4, new int[] {2}, new double[] {3}),
              "pan",
              "",
              new byte[] {1, -1},
              Date.valueOf("2026-02-28"),
              Timestamp.valueOf("2026-11-29 01:02:03.456789"),
              new BigDecimal("1234567890123456789012345678.25"),
              RowFactory.create("Ulm"),
              java.util.Map.of("clicks", 3L)),
          RowFactory.create(
              2.5,
              null,
              null,
              new Float[] {1f, null},
              new Double[0],
              new String[0],
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              RowFactory.create((Object) null),
              null));

  @ParameterizedTest(name = "whole-stage code {0}")
  @ValueSource(booleans = {true, false})
  void whatIsReadAndWrittenAgainIsTheSameTable(boolean wholeStage) {
    Dataset<Row> table = table();
    LocalSpark.session().conf().set("spark.sql.codegen.wholeStage", wholeStage);
    try {
      MapPartitionsFunction<InternalRow, InternalRow> pass = rows -> rows;
      Dataset<Row> passed =
          InternalRows.of(table).mapPartitions(pass, InternalRows.encoder(SCHEMA)).toDF();

      assertThat(passed.schema()).isEqualTo(SCHEMA);
      assertThat(passed.schema().apply("id").metadata().getString("comment"))
          .isEqualTo("of the shop");
      assertThat(passed.collectAsList()).isEqualTo(table.collectAsList());
    } finally {
      LocalSpark.session().conf().unset("spark.sql.codegen.wholeStage");
    }
  }

  @Test
  void cellsOfAViewAreThoseOfARow() {
    StructType schema = SCHEMA;
    MapPartitionsFunction<InternalRow, Row> cells =
        rows -> stream(UnboxedRow.views(rows, schema)).map(InternalRowsTest::ofCells).iterator();

    List<Row> seen =
        InternalRows.of(table()).mapPartitions(cells, Encoders.row(SCHEMA)).collectAsList();

    assertThat(seen).isEqualTo(table().collectAsList());
  }

  @Test
  void rowsAreNotChangedByTheNextOnes() {
    MapPartitionsFunction<InternalRow, Long> all =
        rows -> {
          List<InternalRow> held = stream(rows).toList();
          return held.stream().map(row -> row.getLong(0)).iterator();
        };

    Dataset<Row> many = LocalSpark.session().range(0, 100, 1, 2).toDF();

    assertThat(InternalRows.of(many).mapPartitions(all, Encoders.LONG()).collectAsList())
        .containsExactlyElementsOf(Stream.iterate(0L, n -> n + 1).limit(100).toList());
  }

  @Test
  void arraysOfNumbersAreNotBoxed() {
    MapPartitionsFunction<InternalRow, String> kinds =
        rows ->
            stream(UnboxedRow.views(rows, SCHEMA))
                .map(
                    row ->
                        "%b %b"
                            .formatted(
                                row.get(3) instanceof WrappedArray.ofFloat,
                                row.get(4) instanceof WrappedArray.ofDouble))
                .iterator();

    assertThat(InternalRows.of(table()).mapPartitions(kinds, Encoders.STRING()).collectAsList())
        .as("an array with a null is none of numbers only")
        .containsExactly("true true", "false true");
  }

  private static Dataset<Row> table() {
    return LocalSpark.session().createDataFrame(ROWS, SCHEMA).coalesce(1);
  }

  private static Row ofCells(UnboxedRow row) {
    Object[] cells = new Object[row.length()];
    Arrays.setAll(cells, row::get);
    return RowFactory.create(cells);
  }

  private static <T> Stream<T> stream(Iterator<T> rows) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false);
  }
}
