package io.rankline.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.testing.ObjectsInMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Folders of object stores, which rename folders file by file, killed at every moment. */
class ObjectStoreTest {

  private static final String BUCKET = "object-store-test";
  private static final String SEAL = "seal.json";

  private Folder folder = open();

  @BeforeEach
  void empty() {
    ObjectsInMemory.clear(BUCKET);
    folder = open();
  }

  @Test
  void aNewFolderIsWrittenInItsPlace() throws IOException {
    replaceBy("first");

    assertThat(content(folder.folder("best"))).isEqualTo("first");
    assertThat(ObjectsInMemory.objects(BUCKET))
        .containsExactly("/run/best/deep/weights", "/run/best/seal.json");
  }

  @Test
  void anotherFolderTakesItsPlaceAndLeavesNothingBehind() throws IOException {
    replaceBy("first");
    replaceBy("second");

    assertThat(content(folder.folder("best"))).isEqualTo("second");
    assertThat(ObjectsInMemory.objects(BUCKET))
        .containsExactly("/run/best/deep/weights", "/run/best/seal.json");
  }

  @Test
  void aNewFolderIsAbsentUntilItIsWhole() throws IOException {
    for (int changes = 0; ; changes++) {
      ObjectsInMemory.clear(BUCKET);

      boolean cut = replacedUntil(changes, "first");

      assertThat(whole()).as("after %s changes", changes).isIn(Optional.empty(), of("first"));
      if (!cut) {
        assertThat(whole()).isEqualTo(of("first"));
        assertThat(changes).as("one for each file").isEqualTo(2);
        return;
      }
      replaceBy("again");
      assertThat(whole()).isEqualTo(of("again"));
    }
  }

  @Test
  void theOldFolderOrTheNewOneIsWholeAtEveryMoment() throws IOException {
    for (int changes = 0; ; changes++) {
      ObjectsInMemory.clear(BUCKET);
      replaceBy("old");

      boolean cut = replacedUntil(changes, "new");

      assertThat(whole()).as("after %s changes", changes).isIn(of("old"), of("new"));
      if (!cut) {
        assertThat(whole()).isEqualTo(of("new"));
        assertThat(changes).isGreaterThan(5);
        return;
      }
      replaceBy("again");
      assertThat(content(folder.folder("best"))).isEqualTo("again");
      assertThat(ObjectsInMemory.objects(BUCKET))
          .containsExactly("/run/best/deep/weights", "/run/best/seal.json");
    }
  }

  @Test
  void whatASecondKillLeavesIsWholeToo() throws IOException {
    for (int first = 0; first < 12; first++) {
      for (int second = 0; second < 12; second++) {
        ObjectsInMemory.clear(BUCKET);
        replaceBy("old");

        replacedUntil(first, "new");
        replacedUntil(second, "newer");

        assertThat(whole())
            .as("after %s and %s changes", first, second)
            .isIn(of("old"), of("new"), of("newer"));
      }
    }
  }

  @Test
  void aFaultOfTheWriterLeavesWhatWasThere() throws IOException {
    replaceBy("old");

    assertThatThrownBy(
            () ->
                folder.replace(
                    "best",
                    SEAL,
                    files -> {
                      files.write("weights", out -> out.write(1));
                      throw new IOException("no more data");
                    }))
        .hasMessage("no more data");

    assertThat(content(folder.folder("best"))).isEqualTo("old");
    assertThat(ObjectsInMemory.objects(BUCKET)).hasSize(2);
  }

  @Test
  void aWriterThatForgetsTheSealIsAFault() {
    assertThatThrownBy(
            () -> folder.replace("best", SEAL, files -> files.write("x", out -> out.write(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "seal.json must be written last into s3a://object-store-test/run/best, and was not");
    assertThat(ObjectsInMemory.objects(BUCKET)).isEmpty();
  }

  @Test
  void aFileWhoseContentFailsIsNotWritten() throws IOException {
    folder.write("a", out -> out.write("old".getBytes(UTF_8)));

    assertThatThrownBy(
            () ->
                folder.write(
                    "a",
                    out -> {
                      out.write("ne".getBytes(UTF_8));
                      throw new IOException("no more data");
                    }))
        .hasMessage(
            "cannot write s3a://object-store-test/run/a: no more data; what was there before is"
                + " kept");
    assertThat(read(folder, "a")).isEqualTo("old");
  }

  @Test
  void aFileIsWrittenWithoutASecondOneBesideIt() throws IOException {
    folder.write("a", out -> out.write("new".getBytes(UTF_8)));

    assertThat(ObjectsInMemory.objects(BUCKET)).isEqualTo(List.of("/run/a"));
  }

  private static Folder open() {
    return Storage.of(ObjectsInMemory.configuration()).folder("s3a://" + BUCKET + "/run");
  }

  private void replaceBy(String content) throws IOException {
    folder.replace(
        "best",
        SEAL,
        files -> {
          files.folder("deep").write("weights", out -> out.write(content.getBytes(UTF_8)));
          files.write(SEAL, out -> out.write(content.getBytes(UTF_8)));
        });
  }

  /** Whether the process was killed, after so many changes of the storage. */
  private boolean replacedUntil(int changes, String content) {
    ObjectsInMemory.cutAfter(BUCKET, changes);
    try {
      replaceBy(content);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("the process is gone");
    }
    return ObjectsInMemory.uncut(BUCKET);
  }

  private Optional<String> whole() throws IOException {
    Optional<Folder> whole = folder.folder("best").whole(SEAL);
    return whole.isPresent() ? of(content(whole.get())) : Optional.empty();
  }

  /** What both files hold. */
  private static String content(Folder files) throws IOException {
    String weights = read(files.folder("deep"), "weights");
    assertThat(read(files, SEAL)).isEqualTo(weights);
    return weights;
  }

  private static Optional<String> of(String content) {
    return Optional.of(content);
  }

  private static String read(Folder files, String name) throws IOException {
    try (InputStream in = files.open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
