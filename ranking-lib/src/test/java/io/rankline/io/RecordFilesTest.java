package io.rankline.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
  void aFileIsNeverOverwritten() {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder + "/b.txt");

    assertThatThrownBy(() -> files.create(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  private List<String> names(String pattern) throws IOException {
    return files.list(pattern).stream().map(file -> file.getPath().getName()).toList();
  }
}
