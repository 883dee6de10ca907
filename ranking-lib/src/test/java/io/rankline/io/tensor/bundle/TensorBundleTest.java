package io.rankline.io.tensor.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBundleTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "keras");

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
  void whatIsNotOfFloatingPointOrInOnePieceIsLeftOutByName() throws IOException {
    Folder golden = folder(GOLDEN.resolve("checkpoints"));

    assertThat(TensorBundle.read(golden, "model.ckpt-7").leftOut())
        .containsExactly("global_step (int64)");
    assertThat(TensorBundle.read(golden, "types-1").leftOut())
        .contains("quantized/kernel (int8)", "split/kernel (in slices)");
    assertThat(TensorBundle.read(golden, "types-1").order()).isEqualTo(TensorFile.Order.BY_NAME);
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
    return Storage.ofClassPath().folder(path.toString());
  }
}
