package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.VarLenFeature;
import io.rankline.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  @TempDir private Path folder;

  private Path log;

  @BeforeEach
  void makeLog() {
    log = folder.resolve("log");
    CommandRun.of("generate", "--lists", 20, "--max-list-size", 8, "--shards", 3, "--output", log);
  }

  @Test
  void countsListsAndShowsEveryFeature() {
    CommandRun run = CommandRun.of("inspect", log);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("3 files of elwc, ")
        .contains("lists 20   items ", "corrupt records 0", "list size: mean ", "label utility")
        .contains("custom_features_136  float32  100 %")
        .contains("qid      int64  100 %");
  }

  @Test
  void theTableFitsTheTerminal() {
    CommandRun run = CommandRun.of("inspect", log);

    assertThat(run.out().lines().filter(line -> line.startsWith("custom")))
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void theDraftedSpecIsReadBack() throws IOException {
    Path file = folder.resolve("spec.conf");

    CommandRun run = CommandRun.of("inspect", log, "--spec-out", file);

    assertThat(run.out()).endsWith("wrote feature specs to " + file + "\n");
    String text = Files.readString(file);
    assertThat(text).contains("\"custom_features_{1..136}\" { kind = fixed_len");
    RecordSpec spec = RecordSpecText.parse(text, "spec.conf");
    assertThat(spec.examples()).hasSize(136);
    assertThat(spec.examples().get("custom_features_77"))
        .isEqualTo(FixedLenFeature.float32(1).withDefault(0f));
    assertThat(spec.context()).isEmpty();
    assertThat(spec.labels()).hasSize(1);
    assertThat(spec.labels().get(0).name()).isEqualTo("utility");
    assertThat(spec.labels().get(0).feature()).isEqualTo(FixedLenFeature.int64(1).withDefault(-1L));
  }

  @Test
  void writesJson() throws IOException {
    Path file = folder.resolve("profile.json");

    CommandRun.of("inspect", log, "--json", file);

    var json = com.typesafe.config.ConfigFactory.parseFile(file.toFile());
    assertThat(json.getInt("lists")).isEqualTo(20);
    assertThat(json.getInt("context.qid.max")).isEqualTo(20);
    assertThat(json.getInt("context.qid.present.int64")).isEqualTo(20);
    assertThat(json.getInt("example.utility.min_values")).isEqualTo(1);
  }

  @Test
  void damagedRecordsAreCountedAndTheRestIsRead() throws IOException {
    Path file = log.resolve("part-00001-of-00003.tfrecord");
    byte[] bytes = Files.readAllBytes(file);
    bytes[100] ^= 1;
    Files.write(file, bytes);

    CommandRun run = CommandRun.of("inspect", log);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("lists 19   items ", "corrupt records 1")
        .contains("part-00001-of-00003.tfrecord: record 0 at byte 0: checksum of the data");
  }

  @Test
  void damagedRecordsEndItWhenAsked() throws IOException {
    Path file = log.resolve("part-00001-of-00003.tfrecord");
    byte[] bytes = Files.readAllBytes(file);
    bytes[100] ^= 1;
    Files.write(file, bytes);

    CommandRun run = CommandRun.of("inspect", log, "--on-corrupt-record", "fail");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("rankline: file:" + file + ": record 0 at byte 0: checksum of the data is 0x")
        .hasLineCount(1);
  }

  @Test
  void aFileOfNoByteIsToldAsSuch() throws IOException {
    Path file = Files.createFile(folder.resolve("none.tfrecord.gz"));

    CommandRun run = CommandRun.of("inspect", file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("rankline: there is nothing in file:%s: it is empty\n".formatted(file));
  }

  @Test
  void textIsNoRecordFile() throws IOException {
    Path file = Files.writeString(folder.resolve("data.log"), "1 qid:1 1:0.5 2:0.25 3:0.125\n");

    CommandRun run = CommandRun.of("inspect", file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: file:%s: record 0 at byte 0: is text that begins with '1 qid:1 1:0.': name it libsvm:PATH or csv:PATH%n"
                .formatted(file));
  }

  @Test
  void refusesUnknownNames() {
    assertThat(CommandRun.of("inspect", log, "--format", "avro").err())
        .startsWith(
            "rankline: unknown record format 'avro'; expected one of elwc"
                + " (example_list_with_context), eie (example_in_example), seq"
                + " (sequence_example), tfexample (tf_example)\n");
    assertThat(CommandRun.of("inspect", log, "--on-corrupt-record", "ignore").err())
        .startsWith("rankline: on_corrupt_record must be fail or skip, got 'ignore'\n");
    assertThat(CommandRun.of("inspect", log, "--label", "stars").err())
        .startsWith("rankline: --label 'stars' is in no item; names most like it: ");
  }

  @Test
  void aFolderThatIsNotThereCannotBeWrittenTo() {
    Path file = folder.resolve("none").resolve("spec.conf");

    CommandRun run = CommandRun.of("inspect", log, "--spec-out", file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("rankline: cannot write '" + file + "': its folder does not exist");
  }

  @Test
  void countsTheSampleOfTensorFlow() throws IOException {
    Path sample = SharedFolder.require("data/elwc_sample/train_numerical_elwc.tfrecord");
    Path file = folder.resolve("spec.conf");

    CommandRun run = CommandRun.of("inspect", sample, "--spec-out", file);

    assertThat(run.out()).startsWith("1 file of elwc").contains("lists 27   items 119 ");
    RecordSpec spec = RecordSpecText.parse(Files.readString(file), "spec.conf");
    assertThat(spec.examples()).hasSize(136);
    assertThat(spec.context()).isEmpty();
    assertThat(spec.labels().get(0).name()).isEqualTo("utility");
  }

  @Test
  void textFeaturesAreCountedByDistinctValues() throws IOException {
    Path sample = SharedFolder.require("data/elwc_sample/eval_elwc.tfrecord");
    Path file = folder.resolve("spec.conf");

    CommandRun run = CommandRun.of("inspect", sample, "--spec-out", file);

    assertThat(run.out()).contains("lists 10   items 20 ", "label relevance", " distinct");
    RecordSpec spec = RecordSpecText.parse(Files.readString(file), "spec.conf");
    assertThat(spec.context().get("query_tokens")).isEqualTo(new VarLenFeature(DType.STRING));
    assertThat(spec.labels().get(0).name()).isEqualTo("relevance");
  }
}
