package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.spark.testing.Faults;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files become partitions, what is decoded of them, and what damaged ones do. */
@Tag("spark")
class ScanTest {

  private static final ExampleListWithContext RECORD =
      elwc(example(), example("a", floats(1), "b", floats(2)));

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void columnsNotAskedForAreNotDecoded() {
    RecordFile.write(
        folder.resolve("a.tfrecord"), elwc(example(), example("a", floats(1), "b", texts("x"))));
    Dataset<Row> lists =
        spark
            .read()
            .format("elwc")
            .option("spec", "{example: {a: {dtype: float32}, b: {dtype: float32}}}")
            .load(folder.toString());

    assertThat(lists.select("a").toJSON().collectAsList()).containsExactly("{\"a\":[1.0]}");
    assertThat(lists.count()).isEqualTo(1);
    assertThat(
            Faults.messageOf(
                CorruptRecordException.class, () -> lists.select("a", "b").collectAsList()))
        .isEqualTo(
            "%s: record 0 at byte 0: feature 'b' of item 0 holds string, but the spec asks for float32"
                .formatted(uri("a.tfrecord")));
  }

  @Test
  void manySmallFilesShareAPartition() {
    for (int i = 0; i < 40; i++) {
      RecordFile.write(folder.resolve("part-%02d.tfrecord".formatted(i)), RECORD);
    }

    Dataset<Row> lists = spark.read().format("elwc").load(folder.toString());

    assertThat(lists.javaRDD().getNumPartitions()).isLessThan(40);
    assertThat(lists.count()).isEqualTo(40);
  }

  @Test
  void aBigFileIsOnePartition() {
    ExampleListWithContext[] records = new ExampleListWithContext[2000];
    java.util.Arrays.fill(records, RECORD);
    RecordFile.write(folder.resolve("big.tfrecord"), records);
    SparkSession small = spark.newSession();
    small.conf().set("spark.sql.files.maxPartitionBytes", "4096");
    small.conf().set("spark.sql.files.openCostInBytes", "0");

    Dataset<Row> lists = small.read().format("elwc").load(folder.toString());

    assertThat(lists.javaRDD().getNumPartitions()).isEqualTo(1);
    assertThat(lists.select("a").collectAsList()).hasSize(2000);
  }

  @Test
  void aDamagedRecordFailsTheJobWithItsPlace() throws IOException {
    damagedFile();
    Dataset<Row> lists =
        spark.read().format("elwc").schema("a ARRAY<FLOAT>").load(folder.toString());

    String fault =
        "%s: record 1 at byte 50: checksum of the data is 0x[0-9a-f]{8}, expected 0x[0-9a-f]{8}"
            .formatted(uri("a.tfrecord"));
    assertThat(Faults.messageOf(CorruptRecordException.class, lists::count)).matches(fault);
    assertThat(Faults.messageOf(CorruptRecordException.class, lists::collectAsList)).matches(fault);
    assertThatThrownBy(lists::count)
        .hasMessageContaining(": record 1 at byte 50: checksum of the data");
  }

  @Test
  void aFileThatIsPackedInAWayThatIsNotReadIsTold() throws IOException {
    Files.write(folder.resolve("a.tfrecord.gz"), HexFormat.of().parseHex("fd377a585a000004"));
    Dataset<Row> lists =
        spark.read().format("elwc").schema("a ARRAY<FLOAT>").load(folder.toString());

    assertThat(Faults.messageOf(IOException.class, lists::count))
        .isEqualTo(
            uri("a.tfrecord.gz")
                + ": record 0 at byte 0: is packed with xz, which is not read; use gzip, zlib,"
                + " bzip2 or zstd");
  }

  @Test
  void skippedRecordsAreCounted() throws IOException {
    damagedFile();
    RecordFile.write(
        folder.resolve("b.tfrecord"), RECORD, elwc(example(), example("a", ints(1))), RECORD);
    Dataset<Row> lists =
        spark
            .read()
            .format("elwc")
            .option("onCorruptRecord", "skip")
            .option("maxCorruptShare", 0.5)
            .schema("a ARRAY<FLOAT>")
            .load(folder.toString());
    long before = SkippedRecords.count(spark);

    long rows = lists.collectAsList().size();

    assertThat(rows).isEqualTo(4);
    assertThat(SkippedRecords.count(spark) - before).isEqualTo(2);
  }

  @Test
  void aFileOfWhichTooMuchIsSkippedEndsTheReadAsItEndsATraining() throws IOException {
    damagedFile();
    Dataset<Row> lists =
        spark
            .read()
            .format("elwc")
            .option("onCorruptRecord", "skip")
            .schema("a ARRAY<FLOAT>")
            .load(folder.toString());

    assertThat(Faults.messageOf(IOException.class, lists::collectAsList))
        .startsWith(
            "'"
                + uri("a.tfrecord")
                + "': 33.33 % of the bytes cannot be read, more than max_corrupt_share = 0.01, as "
                + uri("a.tfrecord")
                + ": record 1 at byte ");
  }

  private void damagedFile() throws IOException {
    Path file = RecordFile.write(folder.resolve("a.tfrecord"), RECORD, RECORD, RECORD);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private String uri(String name) {
    return "file:" + folder.resolve(name);
  }
}
