package io.rankline.spark.table;

import io.rankline.data.RankingList;
import io.rankline.spark.source.schema.RowForm;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * The lists of a table, each query in one piece, in an order that depends on nothing but what the
 * rows hold: partition after partition, it is the same for any number of partitions and any order
 * of rows. One query at a time is held in memory; Spark sorts the rest, on disk where it must.
 */
public final class TableLists {

  private static final String PLACE = "__place_of_query__";
  private static final String KEY = "__key_of_query__";

  /** Bits of the hash that lists are ordered by. */
  private static final int PLACE_BITS = 31;

  /** The seed of the hash by which Spark finds a row's partition. */
  private static final int SPARK_SEED = 42;

  private final RankingTable table;
  private final Dataset<Row> sorted;
  private final int partitions;

  private TableLists(RankingTable table, Dataset<Row> sorted, int partitions) {
    this.table = table;
    this.sorted = sorted;
    this.partitions = partitions;
  }

  /**
   * The lists of a table, which is not read yet.
   *
   * @param data of the schema that {@code table} was made for
   * @param partitions to be made, 1 or more
   */
  public static TableLists of(Dataset<Row> data, RankingTable table, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be 1 or more, got " + partitions);
    }
    if (table.group() == null && table.form() == RowForm.FLAT) {
      throw new IllegalArgumentException(
          "a table of items needs a column that tells queries apart");
    }
    Dataset<Row> read =
        data.select(table.columnsRead().stream().map(NamedColumn::of).toArray(Column[]::new));
    StructType schema = read.schema();
    Column key =
        table.group() == null
            ? functions.xxhash64(
                Arrays.stream(schema.fieldNames()).map(NamedColumn::of).toArray(Column[]::new))
            : NamedColumn.of(table.group());
    Dataset<Row> keyed = read.withColumn(KEY, key.cast("string"));
    Column hash = functions.xxhash64(NamedColumn.of(KEY));
    Dataset<Row> placed =
        keyed.withColumn(
            PLACE, functions.shiftrightunsigned(hash, Long.SIZE - PLACE_BITS).cast("int"));
    Column number =
        functions.element_at(
            functions.lit(numbersOfPartitions(partitions)),
            bucket(NamedColumn.of(PLACE), partitions).plus(1).cast("int"));
    Dataset<Row> sorted =
        placed
            .repartition(partitions, number)
            .sortWithinPartitions(NamedColumn.of(PLACE), NamedColumn.of(KEY));
    return new TableLists(table.of(schema), sorted, partitions);
  }

  /**
   * The lists. A job that meets a row which no list can hold fails with {@link RowFaultException}.
   */
  public JavaRDD<RankingList> lists() {
    RankingTable read = table;
    int key = keyColumn();
    return rows()
        .mapPartitions(
            sortedRows ->
                new ListedRows(
                    sortedRows,
                    read,
                    key,
                    fault -> {
                      throw new UncheckedIOException(fault);
                    }));
  }

  /** The table that the rows of {@link #rows} follow. */
  RankingTable table() {
    return table;
  }

  /** Ordinal of the key in {@link #rows}. */
  int keyColumn() {
    return sorted.schema().fieldIndex(KEY);
  }

  /** The rows in the order of lists; those of a query come one after the other. */
  JavaRDD<Row> rows() {
    int place = sorted.schema().fieldIndex(PLACE);
    int all = partitions;
    StructType schema = sorted.schema();
    return InternalRows.of(sorted)
        .toJavaRDD()
        .mapPartitionsWithIndex(
            (partition, rows) ->
                new PlacedRows(UnboxedRow.views(rows, schema), place, partition, all),
            true);
  }

  /** The partition of a place: places are divided evenly, and in their order. */
  static int bucket(int place, int partitions) {
    return (int) (((long) place * partitions) >>> PLACE_BITS);
  }

  private static Column bucket(Column place, int partitions) {
    return functions.shiftright(place.cast("bigint").multiply(partitions), PLACE_BITS);
  }

  /**
   * A number for each partition that Spark puts into it: it has no way to name a partition, but
   * takes the hash of a number.
   */
  private static int[] numbersOfPartitions(int partitions) {
    int[] numbers = new int[partitions];
    Arrays.fill(numbers, -1);
    int missing = partitions;
    for (int number = 0; missing > 0; number++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(number, SPARK_SEED), partitions);
      if (numbers[partition] < 0) {
        numbers[partition] = number;
        missing--;
      }
    }
    return numbers;
  }
}
