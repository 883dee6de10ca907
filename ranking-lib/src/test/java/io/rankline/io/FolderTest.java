package io.rankline.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

  @TempDir Path path;

  @Test
  void whatIsFlushedIsSeen() throws IOException {
    Folder folder = Storage.ofClassPath().folder(path.toString());

    try (OutputStream out = folder.stream("log")) {
      out.write("one".getBytes(UTF_8));
      out.flush();

      assertThat(path.resolve("log")).hasContent("one");
    }
  }

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Folder folder = Storage.ofClassPath().folder(path.toString());
    folder.write("file", out -> out.write("one".getBytes(UTF_8)));
    folder.write("file", out -> out.write("two".getBytes(UTF_8)));

    assertThat(path.resolve("file")).hasContent("two");
  }

  @Test
  void contentThatFailsLeavesTheOldFile() throws IOException {
    Folder folder = Storage.ofClassPath().folder(path.toString());
    folder.write("file", out -> out.write("one".getBytes(UTF_8)));

    assertThatThrownBy(
            () ->
                folder.write(
                    "file",
                    out -> {
                      out.write(7);
                      throw new IOException("half way");
                    }))
        .hasMessage("half way");

    assertThat(path.resolve("file")).hasContent("one");
    assertThat(folder.names()).containsExactly("file");
  }

  @Test
  void noChecksumFilesLieBesideFiles() throws IOException {
    Folder folder = Storage.ofClassPath().folder(path.toString());
    folder.write("file", out -> out.write(1));
    Files.writeString(path.resolve("file"), "edited by hand");

    assertThat(folder.names()).containsExactly("file");
    assertThat(folder.open("file")).hasContent("edited by hand");
  }
}
