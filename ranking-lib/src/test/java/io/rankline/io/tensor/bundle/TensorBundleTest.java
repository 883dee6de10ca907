package io.rankline.io.tensor.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.proto.BundleEntry;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBundleTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "keras");

  /**
   * One for all: to make one, Hadoop reads its defaults, which takes longer than to read a
   * checkpoint.
   */
  private static final Storage STORAGE = Storage.ofClassPath();

  @TempDir Path folder;

  @BeforeEach
  void copyCheckpoint() throws IOException {
    for (String file : List.of("ckpt-3.index", "ckpt-3.data-00000-of-00001")) {
      Files.copy(
          GOLDEN.resolve("checkpoints").resolve(file),
          folder.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void variablesHaveTheirOwnNamesAndStandInTheOrderOfLayers() throws IOException {
    TensorFile file = read("ckpt-3");

    assertThat(file.tensors().stream().map(StoredTensor::layer).distinct())
        .containsExactly(
            "batch_normalization",
            "dense",
            "batch_normalization_1",
            "dense_1",
            "batch_normalization_2",
            "dense_2");
    StoredTensor kernel = file.tensors().get(file.tensors().size() - 1);
    assertThat(kernel.name()).isEqualTo("dense_2/kernel");
    assertThat(kernel.shape()).containsExactly(3, 1);
    assertThat(kernel.values()).hasSize(3);
    assertThat(file.order()).isEqualTo(TensorFile.Order.OF_LAYERS);
    assertThat(file.leftOut()).isEmpty();
  }

  /** Of a checkpoint without objects: an optimizer's slots have names like all others. */
  @Test
  void whatIsNotOfFloatingPointIsLeftOutByName() throws IOException {
    Folder golden = folder(GOLDEN.resolve("checkpoints"));

    assertThat(TensorBundle.read(golden, "model.ckpt-7").leftOut())
        .containsExactly("global_step (int64)");
    assertThat(TensorBundle.read(golden, "types-1").leftOut())
        .containsExactly("quantized/kernel (int8)");
    assertThat(TensorBundle.read(golden, "types-1").order()).isEqualTo(TensorFile.Order.BY_NAME);
  }

  /** Saved by TensorFlow from the same network: MakeParts.java. */
  @Test
  void tensorsInPartsAndInSeveralFilesAreThoseOfOneFile() throws IOException {
    Folder golden = folder(GOLDEN.resolve("checkpoints"));
    Map<String, StoredTensor> whole = new TreeMap<>();
    TensorBundle.read(golden, "model.ckpt-7").tensors().forEach(one -> whole.put(one.name(), one));

    List<StoredTensor> parts = TensorBundle.read(golden, "parts-1").tensors();

    assertThat(parts).extracting(StoredTensor::name).hasSize(4);
    for (StoredTensor tensor : parts) {
      StoredTensor expected = Objects.requireNonNull(whole.get(tensor.name()));
      assertThat(tensor.shape()).isEqualTo(expected.shape());
      assertThat(tensor.values()).isEqualTo(expected.values());
    }
  }

  @Test
  void aPartThatIsDamagedOrMissingIsRefused() throws IOException {
    for (String file : List.of("index", "data-00000-of-00002", "data-00001-of-00002")) {
      Files.copy(
          GOLDEN.resolve("checkpoints").resolve("parts-1." + file),
          folder.resolve("parts-1." + file));
    }
    Path data = folder.resolve("parts-1.data-00001-of-00002");
    byte[] whole = Files.readAllBytes(data);
    whole[0] ^= 1;
    Files.write(data, whole);

    assertThatThrownBy(() -> read("parts-1"))
        .isInstanceOf(TensorFileException.class)
        .hasMessageMatching(
            ".*parts-1.data-00001-of-00002: tensor 'dense/kernel': checksum is 0x\\w{8}, expected"
                + " 0x\\w{8}");

    Files.delete(data);
    assertThatThrownBy(() -> read("parts-1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("parts-1.data-00001-of-00002");
  }

  @Test
  void partsThatDoNotMakeUpATensorAreToldApart() {
    SlicedTensor tensor = new SlicedTensor(List.of(3, 2));
    StoredTensor row = new StoredTensor("kernel", List.of(1, 2), new float[] {1, 2});

    assertThat(tensor.put(slice(List.of(0L, 0L), List.of(1L, -1L)), row)).isTrue();
    assertThat(tensor.put(slice(List.of(2L, 0L), List.of(1L, 2L)), row)).isTrue();
    assertThat(tensor.values()).containsExactly(1, 2, 0, 0, 1, 2);
    assertThat(tensor.put(slice(List.of(0L, 0L), List.of(1L, -1L)), row)).as("twice").isFalse();
    assertThat(tensor.put(slice(List.of(3L, 0L), List.of(1L, -1L)), row)).as("beyond").isFalse();
    assertThat(tensor.put(slice(List.of(-1L, 0L), List.of(1L, -1L)), row)).as("before").isFalse();
    assertThat(tensor.put(slice(List.of(1L, 0L), List.of(2L, -1L)), row)).as("longer").isFalse();
    assertThat(tensor.put(slice(List.of(1L), List.of(1L)), row)).as("flat").isFalse();
  }

  private static TensorSlice slice(List<Long> starts, List<Long> lengths) {
    return new TensorSlice("kernel", starts, lengths, BundleEntry.getDefaultInstance());
  }

  @Test
  void everyBitOfTheIndexCounts() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("ckpt-3.index"));
    int read = 0;
    for (int at = 0; at < whole.length; at += 5) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(folder.resolve("ckpt-3.index"), damaged);
      try {
        read("ckpt-3");
        read++;
      } catch (TensorFileException e) {
        assertThat(e).hasMessageStartingWith(folder.toString());
      }
    }
    // A block of filters, which is empty, and what the footer is filled up with are not read.
    assertThat(read).isLessThan(12);
  }

  @Test
  void everyCutOfTheIndexIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("ckpt-3.index"));
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(folder.resolve("ckpt-3.index"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> read("ckpt-3"))
          .isInstanceOf(TensorFileException.class)
          .hasMessage(
              "%s/ckpt-3.index: is no index of a TensorFlow checkpoint, or is cut off"
                  .formatted(folder));
    }
  }

  @Test
  void numbersThatWereChangedAreRefused() throws IOException {
    Path data = folder.resolve("ckpt-3.data-00000-of-00001");
    byte[] whole = Files.readAllBytes(data);
    for (int at = 0; at < whole.length; at += Float.BYTES) {
      whole[at] ^= 1;
    }
    Files.write(data, whole);

    assertThatThrownBy(() -> read("ckpt-3"))
        .isInstanceOf(TensorFileException.class)
        .hasMessageMatching(
            ".*ckpt-3.data-00000-of-00001: tensor '.*': checksum is 0x\\w{8}, expected 0x\\w{8}");
  }

  @Test
  void dataThatIsCutOffOrMissingIsRefused() throws IOException {
    Path data = folder.resolve("ckpt-3.data-00000-of-00001");
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, 100));

    assertThatThrownBy(() -> read("ckpt-3"))
        .isInstanceOf(TensorFileException.class)
        .hasMessageMatching(
            ".*ckpt-3.data-00000-of-00001: is cut off: tensor '.*' is at bytes \\d+ to \\d+");

    Files.delete(data);
    assertThatThrownBy(() -> read("ckpt-3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ckpt-3.data-00000-of-00001");
  }

  private TensorFile read(String prefix) throws IOException {
    return TensorBundle.read(folder(folder), prefix);
  }

  private static Folder folder(Path path) {
    return STORAGE.folder(path.toString());
  }
}
