package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.RankingList;
import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest {

  @TempDir private Path folder;

  @Test
  void recordsDoNotDependOnShardsOrThreads() throws IOException {
    Path one = folder.resolve("one");
    Path many = folder.resolve("many");

    CommandRun first = generate(one, "--shards", 1);
    CommandRun second = generate(many, "--shards", 5, "--threads", 3);

    assertThat(first.err()).isEmpty();
    assertThat(second.status()).isZero();
    assertThat(names(many))
        .containsExactly(
            "part-00000-of-00005.tfrecord",
            "part-00001-of-00005.tfrecord",
            "part-00002-of-00005.tfrecord",
            "part-00003-of-00005.tfrecord",
            "part-00004-of-00005.tfrecord");
    assertThat(records(many)).hasSize(12).containsExactlyElementsOf(records(one));
  }

  @Test
  void sayWhatWasWritten() {
    CommandRun run = generate(folder.resolve("out"), "--shards", 2);

    assertThat(run.out())
        .matches("wrote 12 lists, \\d+ items, \\d+ kB in 2 files to .*out \\(.* s, \\d+ MB/s\\)\n");
  }

  @Test
  void recordsAreThoseThatTheEncoderOfSpecsWrites() throws IOException {
    Path out = folder.resolve("out");
    generate(out, "--shards", 1, "--with-true-utility");
    Map<String, FixedLenFeature> features = new TreeMap<>();
    for (int f = 1; f <= SyntheticLog.FEATURES; f++) {
      features.put("custom_features_" + f, FixedLenFeature.float32(1));
    }
    features.put("true_utility", FixedLenFeature.float32(1));
    RecordSpec spec =
        RecordSpec.of(Map.of("qid", FixedLenFeature.int64(1)), features)
            .withLabels(LabelSpec.of("utility", FixedLenFeature.int64(1)));

    byte[] record = records(out).get(3).bytes();
    RankingList list = RecordFormat.ELWC.decoder(spec).decode(record);

    SyntheticList expected = new SyntheticLog(5, 9).list(3);
    assertThat(list.size()).isEqualTo(expected.size());
    assertThat(list.label(0, 0)).isEqualTo((float) expected.labels()[0]);
    assertThat(
            RecordFormat.ELWC.decoder(spec).decode(new ElwcEncoder(spec).encode(list)).examples())
        .isEqualTo(list.examples());
    assertThat(new ElwcEncoder(spec).encode(list)).hasSameSizeAs(record);
  }

  @Test
  void compressedFilesHoldTheSameRecords() throws IOException {
    Path plain = folder.resolve("plain");
    Path gzip = folder.resolve("gzip");
    generate(plain, "--shards", 1);

    generate(gzip, "--shards", 1, "--compression", "gzip");

    assertThat(names(gzip)).containsExactly("part-00000-of-00001.tfrecord.gz");
    assertThat(records(gzip)).isEqualTo(records(plain));
  }

  @Test
  void refusesAFolderThatHoldsSomething() throws IOException {
    Path out = folder.resolve("out");
    generate(out, "--shards", 1);
    List<Text> before = records(out);

    CommandRun run = generate(out, "--shards", 2);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "rankline: output '%s' exists; name another folder or pass --overwrite\n".formatted(out)
                + "run 'rankline help generate' for its options\n");
    assertThat(records(out)).isEqualTo(before);
  }

  @Test
  void replacesItWhenTold() throws IOException {
    Path out = folder.resolve("out");
    generate(out, "--shards", 3);

    CommandRun run = generate(out, "--shards", 1, "--overwrite");

    assertThat(run.status()).isZero();
    assertThat(names(out)).containsExactly("part-00000-of-00001.tfrecord");
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    CommandRun run = generate(file.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("rankline: cannot write to '" + file.resolve("out") + "'");
    assertThat(names(folder)).containsExactly("file");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "--lists; 0; --lists must be 1 or more, got 0",
        "--shards; 0; --shards must be 1 or more, got 0",
        "--shards; 13; --shards must be at most --lists, 12, got 13",
        "--max-list-size; 0; --max-list-size must be 1 or more, got 0",
        "--threads; -1; --threads must be 1 or more, got -1",
      })
  void refusesWhatMakesNoSense(String option, String value, String message) {
    CommandRun run =
        CommandRun.of(
            arguments(folder.resolve("out"), option.equals("--lists") ? 0 : 12, option, value));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("rankline: " + message + "\nrun 'rankline help generate' for its options\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesThreadsThatWouldHaveNoFile() {
    CommandRun run = generate(folder.resolve("out"), "--shards", 1, "--threads", 2);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("rankline: --threads is for several --shards: a thread writes one\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesAnUnknownCompression() {
    CommandRun run = generate(folder.resolve("out"), "--compression", "lzma");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            rankline: unknown compression 'lzma'; expected one of none, gzip, zlib
            run 'rankline help generate' for its options
            """);
  }

  private static CommandRun generate(Path out, Object... more) {
    return CommandRun.of(arguments(out, 12, more));
  }

  private static Object[] arguments(Path out, int lists, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("generate", "--seed", 5, "--max-list-size", 9, "--output", out));
    List<Object> added = new ArrayList<>(List.of(more));
    if (added.contains("--max-list-size")) {
      all.subList(3, 5).clear();
    }
    if (!added.contains("--lists")) {
      all.addAll(List.of("--lists", lists));
    }
    all.addAll(added);
    return all.toArray();
  }

  private static List<String> names(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Bytes of a record, compared by content. */
  private record Text(String hex, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Text text && text.hex.equals(hex);
    }

    @Override
    public int hashCode() {
      return hex.hashCode();
    }

    @Override
    public String toString() {
      return hex;
    }
  }

  private static List<Text> records(Path out) throws IOException {
    List<Text> records = new ArrayList<>();
    RecordFiles files = new RecordFiles(new Configuration());
    for (var file : files.list(out.toString())) {
      try (TfRecordReader reader =
          new TfRecordReader(
              files.open(file.getPath()), file.getPath().toString(), CorruptRecordPolicy.FAIL)) {
        while (reader.advance()) {
          byte[] bytes = reader.copy();
          records.add(new Text(java.util.HexFormat.of().formatHex(bytes), bytes));
        }
      }
    }
    return records;
  }
}
