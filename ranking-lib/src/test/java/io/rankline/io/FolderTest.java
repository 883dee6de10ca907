package io.rankline.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

  @TempDir Path disk;

  private Folder folder = Storage.ofClassPath().folder("/");

  @BeforeEach
  void open() {
    folder = Storage.ofClassPath().folder(disk.resolve("run").toString());
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() throws IOException {
    assertThat(folder.names()).isEmpty();
    assertThat(folder.has("a")).isFalse();
    assertThatThrownBy(() -> folder.open("a")).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    write(folder, "b", "two");
    write(folder, "a", "one");
    folder.folder("deep").create();

    assertThat(folder.names()).containsExactly("a", "b", "deep");
    assertThat(read(folder, "a")).isEqualTo("one");
    assertThat(folder.name()).isEqualTo("run");
    assertThat(folder.parent().names()).containsExactly("run");
  }

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    write(folder, "a", "a long old content");
    write(folder, "a", "new");

    assertThat(read(folder, "a")).isEqualTo("new");
    try (var files = Files.list(disk.resolve("run"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
    }
  }

  @Test
  void permissionsAreThoseOfHadoopsUmask() throws IOException {
    assumeTrue(
        disk.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "needs permissions of POSIX");
    Configuration configuration = new Configuration();
    configuration.set("fs.permissions.umask-mode", "027");
    Folder guarded = Storage.of(configuration).folder(disk.resolve("run").toString());

    write(guarded, "a", "secret");

    assertThat(Files.getPosixFilePermissions(disk.resolve("run/a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Files.getPosixFilePermissions(disk.resolve("run")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
  }

  @Test
  void aFullDiskIsToldAndWhatWasThereBeforeIsKept() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs a device that is always full");
    write(folder, "a", "old");
    Files.createSymbolicLink(disk.resolve("run").resolve(".a.tmp"), full);

    assertThatThrownBy(() -> write(folder, "a", "new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run/a")
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("what was there before is kept");
    assertThat(read(folder, "a")).isEqualTo("old");
  }

  @Test
  void aStreamToAFullDiskEndsWithAnIoException() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs a device that is always full");
    folder.create();
    Files.createSymbolicLink(disk.resolve("run").resolve("log"), full);

    assertThatThrownBy(
            () -> {
              try (OutputStream out = folder.stream("log")) {
                out.write(1);
                out.flush();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write %s/run/log: No space left on device".formatted(disk));
  }

  @Test
  void aReaderThatHasTheOldFileOpenReadsItToItsEnd() throws IOException {
    write(folder, "a", "old content");
    try (InputStream old = folder.open("a")) {
      write(folder, "a", "new");

      assertThat(old.readAllBytes()).asString(UTF_8).isEqualTo("old content");
    }
  }

  @Test
  void aFullDiskLeavesTheOldFileAndNamesThePath() throws IOException {
    write(folder, "a", "old");

    assertThatThrownBy(
            () ->
                folder.write(
                    "a",
                    out -> {
                      out.write("ne".getBytes(UTF_8));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write %s/run/a: No space left on device; what was there before is kept"
                .formatted(disk));
    assertThat(read(folder, "a")).isEqualTo("old");
    assertThat(Files.exists(disk.resolve("run/.a.tmp"))).isFalse();
  }

  @Test
  void aFaultOfTheWriterLeavesTheOldFileToo() throws IOException {
    write(folder, "a", "old");

    assertThatThrownBy(
            () ->
                folder.write(
                    "a",
                    out -> {
                      throw new IllegalStateException("no content");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no content");
    assertThat(read(folder, "a")).isEqualTo("old");
    assertThat(Files.exists(disk.resolve("run/.a.tmp"))).isFalse();
  }

  @Test
  void whatACrashLeftWhileWritingIsNotListedAndNotInTheWay() throws IOException {
    write(folder, "a", "old");
    Files.writeString(disk.resolve("run/.a.tmp"), "hal");
    Files.writeString(disk.resolve("run/.a.crc"), "not a checksum");

    assertThat(folder.names()).containsExactly("a");
    assertThat(read(folder, "a")).isEqualTo("old");
    write(folder, "a", "new");
    assertThat(read(folder, "a")).isEqualTo("new");
    assertThat(Files.exists(disk.resolve("run/.a.tmp"))).isFalse();
  }

  @Test
  void aFolderIsReplacedWithAllItHolds() throws IOException {
    write(folder.folder("new"), "x", "new");
    write(folder.folder("model"), "x", "old");
    write(folder.folder("model"), "y", "old");

    folder.rename("new", "model");

    assertThat(folder.names()).containsExactly("model");
    assertThat(folder.folder("model").names()).containsExactly("x");
    assertThat(read(folder.folder("model"), "x")).isEqualTo("new");
    assertThat(Files.exists(disk.resolve("run/.model.old"))).isFalse();
  }

  @Test
  void aFolderThatACrashLeftAsideComesBack() throws IOException {
    write(folder.folder(".model.old"), "x", "old");

    folder.recover("model");

    assertThat(read(folder.folder("model"), "x")).isEqualTo("old");
    assertThat(Files.exists(disk.resolve("run/.model.old"))).isFalse();
  }

  @Test
  void aFolderThatACrashLeftAsideGoesWhereTheNewOneIsThere() throws IOException {
    write(folder.folder(".model.old"), "x", "old");
    write(folder.folder("model"), "x", "new");

    folder.recover("model");

    assertThat(read(folder.folder("model"), "x")).isEqualTo("new");
    assertThat(Files.exists(disk.resolve("run/.model.old"))).isFalse();
  }

  @Test
  void aFileIsRenamedInPlaceOfAnother() throws IOException {
    write(folder, "a", "a");
    write(folder, "b", "b");

    folder.rename("a", "b");

    assertThat(folder.names()).containsExactly("b");
    assertThat(read(folder, "b")).isEqualTo("a");
  }

  @Test
  void aStreamIsVisibleOnceItIsFlushed() throws IOException {
    folder.create();
    try (OutputStream out = folder.stream("log")) {
      out.write("line 1\n".getBytes(UTF_8));
      out.flush();

      assertThat(read(folder, "log")).isEqualTo("line 1\n");
    }
  }

  @Test
  void aFileThatWasEditedByHandIsRead() throws IOException {
    write(folder, "a", "written");
    Files.writeString(disk.resolve("run/a"), "edited by hand");

    assertThat(read(folder, "a")).isEqualTo("edited by hand");
  }

  @Test
  void deletingWhatIsNotThereIsNoFault() throws IOException {
    write(folder.folder("deep"), "x", "x");

    folder.delete("deep");
    folder.delete("deep");

    assertThat(folder.names()).isEmpty();
  }

  @Test
  void aWritableFolderIsMadeAndLeftEmpty() throws IOException {
    folder.requireWritable("model_dir");

    assertThat(Files.isDirectory(disk.resolve("run"))).isTrue();
    assertThat(disk.resolve("run")).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeMadeIsNotWritable() throws IOException {
    Files.writeString(disk.resolve("file"), "x");
    Folder below = Storage.ofClassPath().folder(disk.resolve("file/run").toString());

    assertThatThrownBy(() -> below.requireWritable("model_dir"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model_dir %s/file/run is not writable (".formatted(disk))
        .hasMessageEndingWith("); choose another folder or change its permissions");
  }

  private static void write(Folder folder, String name, String content) throws IOException {
    folder.create();
    folder.write(name, out -> out.write(content.getBytes(UTF_8)));
  }

  private static String read(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
