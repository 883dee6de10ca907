package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.spark.source.write.RowFault;
import io.rankline.spark.testing.Faults;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.file.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the source does not take, and how it says so. */
@Tag("spark")
class RefusalTest {

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void allFaultsOfOptionsAreToldAtOnce() {
    assertRefused(
        read()
            .option("list_size", "3")
            .option("listSize", "-1")
            .option("assembled", "yes")
            .option("recordFormat", "csv")
            .option("onCorruptRecord", "ignore")
            .option("spec", "{}")
            .option("specFile", "f"),
        """
        unknown option 'list_size'; the nearest known is listSize
        option listSize must be an integer from 0 to 2147483647, got '-1'
        option assembled must be true or false, got 'yes'
        option recordFormat: unknown record format 'csv'; expected one of elwc (example_list_with_context), eie (example_in_example), seq (sequence_example), tfexample (tf_example)
        option onCorruptRecord: on_corrupt_record must be fail or skip, got 'ignore'
        options spec and specFile are both given; give one\
        """);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "querycolum,queryColumn",
    "context_columns,contextColumns",
    "labelColumns,labelColumn",
    "samplerecord,sampleRecords",
    "onCorruptRecords,onCorruptRecord",
    "specfiles,specFile"
  })
  void aMisspelledOptionIsRefused(String given, String known) {
    assertRefused(
        read().option(given, "1"),
        "unknown option '%s'; the nearest known is %s".formatted(given, known));
  }

  @Test
  void optionsOfSparkAreLeftAlone() {
    RecordFile.write(folder.resolve("a.tfrecord"), elwc(example(), example("a", floats(1))));

    assertThat(
            read()
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.tfrecord")
                .option("mergeSchema", "false")
                .option("fs.s3a.access.key", "x")
                .option("LISTSIZE", "1")
                .load(folder.toString())
                .count())
        .isEqualTo(1);
  }

  @Test
  void aSpecThatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> read().option("specFile", folder + "/none.conf").load(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "option specFile: '%s/none.conf' cannot be read: ".formatted(folder));
    assertThatThrownBy(() -> read().option("spec", "{example: {a: {dtype: float16}}}").load(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option spec")
        .hasMessageContaining("float16");
  }

  @Test
  void aSchemaOfOtherTypesIsRefused() {
    assertThatThrownBy(() -> read().schema("a ARRAY<DOUBLE>, d DATE").load(data()).collectAsList())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            column 'a' has type array<double>, but is read as array<float>; declare it so
            column 'd' has type date, which no record holds; cast it to float, bigint or string, or arrays of them, or drop it\
            """);
  }

  @Test
  void aNameInContextAndExamplesNeedsASpec() {
    RecordFile.write(
        folder.resolve("a.tfrecord"), elwc(example("a", floats(1)), example("a", floats(1))));

    assertRefused(
        read(),
        "column 'a' would be there twice, as context and as example; give a spec that leaves one"
            + " out");
  }

  @Test
  void typesThatNoRecordHoldsAreToldBeforeAnyTaskRuns() {
    assertThatThrownBy(
            () -> write("array(1F) AS a, current_date() AS day, array(1.5BD) AS price").save(out()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            column 'day' has type date, which no record holds; cast it to float, bigint or string, or arrays of them, or drop it
            column 'price' has type array<decimal(2,1)>, which no record holds; cast it to float, bigint or string, or arrays of them, or drop it\
            """);
  }

  @Test
  void aWriteNeedsAnExampleFeature() {
    assertThatThrownBy(() -> write("1F AS a").save(out()))
        .hasMessage(
            "no column is an example feature; one must be an array with a value for each item, or"
                + " give queryColumn for rows of one item each");
  }

  @Test
  void aWriteMustAgreeWithItsSpec() {
    assertThatThrownBy(
            () ->
                write("array('x') AS a, 1F AS other")
                    .option(
                        "spec",
                        "{example: {a: {dtype: float32, default: 0}, needed: {dtype: int64}}}")
                    .save(out()))
        .hasMessage(
            """
            column 'a' has type array<string>, but its spec asks for array<float>
            column 'other' is not in the spec; add it there or drop the column
            feature 'needed' of the spec has no default and no column\
            """);
  }

  @Test
  void otherFormatsAreNotWritten() {
    assertThatThrownBy(() -> write("array(1F) AS a").option("recordFormat", "seq").save(out()))
        .hasMessage("recordFormat seq can be read but not written; write elwc or tfexample");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "array(1F, 2F) AS a, array(1F) AS b|column 'b' holds 1 items, but column 'a' holds 2",
        "array(1F) AS a, array(true, true) AS __list_mask__|column 'a' holds 1 items, but column"
            + " '__list_mask__' holds 2",
        "array(1F) AS a, double('NaN') AS c|feature 'c' of the context is NaN; null stands for a"
            + " missing value",
        "array(1D, 1e300D) AS a|feature 'a' of item 1 is too large for a float",
        "array(array(1, null)) AS a|feature 'a' of item 0 holds null among its values"
      })
  void valuesThatNoRecordHoldsAreRefused(String columns, String fault) {
    assertThat(Faults.messageOf(RowFault.class, () -> write(columns).save(out())))
        .isEqualTo("row 0 of the task: " + fault);
    assertThat(RecordFile.files(folder)).isEmpty();
  }

  @Test
  void valuesThatTheSpecDoesNotAllowAreRefused() {
    String spec = "{example: {pair: {dtype: float32, shape: [2]}, a: {dtype: int64}}}";

    assertThat(
            Faults.messageOf(
                RowFault.class,
                () ->
                    write("array(array(1F)) AS pair, array(1) AS a")
                        .option("spec", spec)
                        .save(out())))
        .isEqualTo(
            "row 0 of the task: feature 'pair' of item 0 has 1 values, but its spec asks for 2");
    assertThat(
            Faults.messageOf(
                RowFault.class,
                () ->
                    write("array(array(1F, 2F)) AS pair, array(int(null)) AS a")
                        .option("spec", spec)
                        .mode("overwrite")
                        .save(out())))
        .isEqualTo("row 0 of the task: feature 'a' of item 0 is null, but its spec has no default");
  }

  @Test
  void flatRowsCannotBeInserted() {
    RecordFile.write(folder.resolve("t/a.tfrecord"), elwc(example(), example("a", floats(1))));
    try {
      spark.sql(
          "CREATE TABLE items USING elwc OPTIONS (queryColumn 'q') LOCATION '%s'"
              .formatted(folder.resolve("t").toUri()));

      assertThatThrownBy(() -> spark.sql("INSERT INTO items SELECT 'q1', 1F"))
          .hasMessage(
              "INSERT takes one row a list; to group rows by queryColumn use DataFrame.write");
    } finally {
      spark.sql("DROP TABLE IF EXISTS items");
    }
  }

  private void assertRefused(DataFrameReader reader, String message) {
    if (RecordFile.files(folder).isEmpty()) {
      data();
    }
    assertThatThrownBy(() -> reader.load(folder.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private String data() {
    RecordFile.write(folder.resolve("a.tfrecord"), elwc(example(), example("a", floats(1))));
    return folder.toString();
  }

  private DataFrameReader read() {
    return spark.read().format("elwc");
  }

  private DataFrameWriter<Row> write(String columns) {
    return spark.sql("SELECT " + columns).write().format("elwc");
  }

  private String out() {
    return folder.resolve("out").toString();
  }
}
