package io.rankline.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.testing.SharedFolder;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilesTest {

  @TempDir Path folder;

  private RecordFiles files = new RecordFiles(new Configuration());

  @BeforeEach
  void makeFiles() throws IOException {
    files = new RecordFiles(new Configuration());
    for (String name : List.of("a-0.tfrecord", "a-1.tfrecord.gz", "b.txt", "_SUCCESS", ".a.crc")) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.createDirectory(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/c.tfrecord"), "c");
    Files.createDirectory(folder.resolve("_temporary"));
    Files.writeString(folder.resolve("_temporary/half.tfrecord"), "half");
  }

  @Test
  void aPatternNamesFiles() throws IOException {
    assertThat(names(folder + "/a-*")).containsExactly("a-0.tfrecord", "a-1.tfrecord.gz");
    assertThat(names(folder + "/{a-0,b}.*")).containsExactly("a-0.tfrecord", "b.txt");
  }

  @Test
  void aFileThatTwoPathsNameIsRefused() {
    assertThatThrownBy(() -> names(folder + "/a-*," + folder + "/{a-0,b}.*"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'file:%1$s/a-0.tfrecord' would be read twice: '%1$s/a-*' names it, and so does"
                    .formatted(folder)
                + " '%s/{a-0,b}.*'".formatted(folder));
    assertThatThrownBy(() -> names(folder + "/b.txt," + folder + "/b.txt"))
        .hasMessage(
            "'file:%1$s/b.txt' would be read twice: '%1$s/b.txt' names it, and does so again"
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          parquet | ORC\\010\\003\\020\\000\\000\\000\\000\\000\\000 | is an ORC file: name it orc:PATH
          orc | Obj\\001\\004\\026avro.co | is an Avro file: name it avro:PATH
          avro | {"query": 1, "price": 2} | is JSON: name it json:PATH
          json | PAR1\\025\\000\\025\\000\\025\\000\\025 | is a Parquet file: name it parquet:PATH
          parquet | query,product,price | is text that begins with 'query,produc': name it libsvm:PATH or csv:PATH
          json | query,product,price | is text that begins with 'query,produc': name it libsvm:PATH or csv:PATH
          parquet | PAR1\\025\\000\\025\\000\\025\\000\\025 | -
          json | [1, 2, 3, 4, 5, 6] | -
          parquet | short | -
          delta | Obj\\001\\004\\026avro.co | -
          """)
  void aFileOfATableOfAnotherKindIsToldByItsFirstBytes(
      String source, String head, @Nullable String said) throws IOException {
    Path file = Files.write(folder.resolve("t"), head.translateEscapes().getBytes(ISO_8859_1));

    assertThat(files.noTable(new org.apache.hadoop.fs.Path(file.toUri()), source))
        .isEqualTo(Optional.ofNullable(said).map(words -> "file:%s %s".formatted(file, words)));
  }

  @Test
  void wildcardsStandForNoHiddenFilesAndFolders() throws IOException {
    for (String name : List.of(".DS_Store", "_committed_17", ".hidden.tfrecord")) {
      Files.writeString(folder.resolve(name), name);
    }

    assertThat(names(folder + "/*"))
        .containsExactly("a-0.tfrecord", "a-1.tfrecord.gz", "b.txt", "c.tfrecord");
    assertThat(names(folder + "/*/*.tfrecord")).containsExactly("c.tfrecord");
    assertThat(names(folder + "/{a,.h}*")).containsExactly("a-0.tfrecord", "a-1.tfrecord.gz");
  }

  @Test
  void whatIsAskedForByNameIsReadThoughItIsHidden() throws IOException {
    assertThat(names(folder + "/_SUCCESS")).containsExactly("_SUCCESS");
    assertThat(names(folder + "/_temp*/*")).containsExactly("half.tfrecord");
    assertThat(names(folder + "/_temporary")).containsExactly("half.tfrecord");
  }

  /** Each record is a member, and each read ends with one, where no more bytes are announced. */
  @Test
  void membersOfAGzipFileAreAllReadFromAStoreThatAnnouncesNoBytes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int record = 0; record < 500; record++) {
      ByteArrayOutputStream member = new ByteArrayOutputStream();
      try (TfRecordWriter writer = new TfRecordWriter(new GZIPOutputStream(member))) {
        writer.write(new byte[] {1, 2, 3});
      }
      StoreOfMembers.atATime = member.size();
      file.write(member.toByteArray());
    }
    Files.write(folder.resolve("members.tfrecord.gz"), file.toByteArray());

    assertThat(file.size()).isEqualTo(500 * StoreOfMembers.atATime);
    assertThat(recordsFromStore(folder.resolve("members.tfrecord.gz"))).isEqualTo(500);
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path("store://" + folder.resolve("members.tfrecord.gz"));
    try (InputStream in = path.getFileSystem(ofStore()).open(path)) {
      int first = new GZIPInputStream(in).readAllBytes().length;
      assertThat(first).as("the JDK's stream believes the store").isEqualTo(12 + 3 + 4);
    }
  }

  @Test
  void logsThatWereAppendedMemberByMemberAreReadInWholeFromAStore() throws IOException {
    Path file = SharedFolder.require("cases/gzip_members/a.tfrecord.gz");
    StoreOfMembers.atATime = 209;

    assertThat(recordsFromStore(file)).isEqualTo(3000);
  }

  private static Configuration ofStore() {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.store.impl", StoreOfMembers.class.getName());
    return configuration;
  }

  private static int recordsFromStore(Path file) throws IOException {
    RecordFiles store = new RecordFiles(ofStore());
    int records = 0;
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("store://" + file);
    try (InputStream in = store.open(path);
        TfRecordReader reader = new TfRecordReader(in, "members", CorruptRecordPolicy.FAIL)) {
      while (reader.advance()) {
        records++;
      }
    }
    return records;
  }

  @Test
  void aPatternOfHiddenFilesAloneSaysThatTheyAreNoData() {
    assertThatThrownBy(() -> files.list(folder + "/*CESS"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "'%s/*CESS' names no data: an empty folder, or names that start with . or _, as"
                    .formatted(folder)
                + " '_SUCCESS'");
  }

  @Test
  void aSchemeMayStandBeforeIt() throws IOException {
    assertThat(names("file://" + folder + "/b.*")).containsExactly("b.txt");
  }

  @Test
  void aFolderStandsForEveryDataFileBelowIt() throws IOException {
    assertThat(names(folder.toString()))
        .containsExactly("a-0.tfrecord", "a-1.tfrecord.gz", "b.txt", "c.tfrecord");
  }

  @Test
  void severalPatternsAreJoinedByCommas() throws IOException {
    assertThat(names(folder + "/b.txt, " + folder + "/deep"))
        .containsExactly("b.txt", "c.tfrecord");
  }

  @Test
  void aPatternOfNoFileIsAnError() {
    assertThatThrownBy(() -> files.list(folder + "/b.txt," + folder + "/x-*"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            ("'%s/x-*' names no file (looked in file:///); check the path, and quote patterns in a"
                    + " shell; a comma ends a path: where it is part of a name, write ? for it")
                .formatted(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"new.tfrecord", "new.tfrecord.gz", "new.tfrecord.zlib"})
  void whatIsCreatedIsOpenedAgain(String name) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder + "/" + name);
    try (OutputStream out = files.create(file)) {
      out.write("content content content".getBytes(UTF_8));
    }
    try (InputStream in = files.open(file)) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("content content content");
    }
  }

  @Test
  void namesThatHideHowAFileIsPackedAreTold() throws IOException {
    org.apache.hadoop.fs.Path plain = new org.apache.hadoop.fs.Path(folder + "/x.csv.gz");
    org.apache.hadoop.fs.Path hidden = new org.apache.hadoop.fs.Path(folder + "/x.csv");
    Files.writeString(folder.resolve("x.csv.gz"), "a,b\n1,2\n");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("x.csv")))) {
      out.write("a,b\n1,2\n".getBytes(UTF_8));
    }

    assertThat(files.misnamed(plain))
        .contains(
            "%s is not packed, though its name ends in .gz; a table's file is read by its name"
                .formatted(plain));
    assertThat(files.misnamed(hidden))
        .contains(
            "%s is packed with gzip; a table's file is read by its name, so let that end in .gz"
                .formatted(hidden));
    Files.move(folder.resolve("x.csv"), folder.resolve("y.csv.gz"));
    assertThat(files.misnamed(new org.apache.hadoop.fs.Path(folder + "/y.csv.gz"))).isEmpty();
    assertThat(files.misnamed(new org.apache.hadoop.fs.Path(folder + "/b.txt"))).isEmpty();
  }

  @Test
  void aFileIsNeverOverwritten() {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder + "/b.txt");

    assertThatThrownBy(() -> files.create(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  private List<String> names(String pattern) throws IOException {
    return files.list(pattern).stream().map(file -> file.getPath().getName()).toList();
  }
}
