package io.rankline.io.tensor.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.io.Storage;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFile.Order;
import io.rankline.io.tensor.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFileTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "keras");

  /** One for all: to make one, Hadoop reads its defaults. */
  private static final Storage STORAGE = Storage.ofClassPath();

  @TempDir Path folder;

  @Test
  void variablesOfKeras3GetTheNamesOfTheirLayersAndParts() throws IOException {
    TensorFile file = read(GOLDEN, "plain.weights.h5");

    assertThat(file.tensors().stream().map(StoredTensor::role))
        .containsExactly("kernel", "bias", "kernel", "bias", "kernel", "bias");
    assertThat(file.tensors().get(2).shape()).containsExactly(4, 3);
    assertThat(file.order()).isEqualTo(Order.OF_LAYERS);
    assertThat(file.modelConfig()).isEmpty();
  }

  @Test
  void layersThatAreFieldsAreSortedByName() throws IOException {
    TensorFile file = read(GOLDEN, "fields.weights.h5");

    assertThat(file.order()).isEqualTo(Order.BY_NAME);
    assertThat(file.tensors().stream().map(tensor -> tensor.shape().size()))
        .containsExactly(1, 2, 1, 2, 1, 2);
  }

  @Test
  void layersOfKeras2StandInTheirOrder() throws IOException {
    TensorFile file = read(GOLDEN, "two_tasks.h5");

    assertThat(file.tensors().stream().map(StoredTensor::layer).distinct())
        .hasSize(4)
        .contains("click_logits", "buy_logits");
    assertThat(file.order()).isEqualTo(Order.OF_LAYERS);
  }

  /** What Adam keeps stands beside the weights of trained.h5 and in the archive. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"trained.h5", "trained.keras"})
  void wholeModelsHaveTheirNetworkAndNothingOfTheOptimizer(String name) throws IOException {
    TensorFile file = read(GOLDEN, name);

    assertThat(file.modelConfig()).contains("\"tanh\"").contains("BatchNormalization");
    assertThat(file.tensors()).hasSize(3 * 2 + 2 * 4);
    assertThat(file.leftOut()).isEmpty();
  }

  @Test
  void anArchiveOfAnotherToolIsRefused() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("x")))) {
      zip.putNextEntry(new ZipEntry("data.pkl"));
    }

    assertThatThrownBy(() -> read(folder, "x"))
        .isInstanceOf(TensorFileException.class)
        .hasMessage(
            "%s/x: is an archive without model.weights.h5; it holds data.pkl".formatted(folder));
  }

  /**
   * The numbers are those that the script drew, which float16 and float64 have with more digits.
   */
  @Test
  void brainFloatsOfKeras3AreRead() throws IOException {
    List<StoredTensor> exact = read(GOLDEN, "float64.weights.h5").tensors();

    List<StoredTensor> tensors = read(GOLDEN, "bfloat16.weights.h5").tensors();

    assertThat(tensors).hasSameSizeAs(exact);
    for (int k = 0; k < exact.size(); k++) {
      assertThat(tensors.get(k).shape()).isEqualTo(exact.get(k).shape());
      for (int i = 0; i < exact.get(k).values().length; i++) {
        float value = tensors.get(k).values()[i];
        float drawn = exact.get(k).values()[i];
        assertThat(value).isCloseTo(drawn, within(Math.abs(drawn) / 256));
        assertThat(Float.floatToIntBits(value) & 0xffff).isZero();
      }
    }
  }

  /** By jHDF with the two jars that its filters need, which are on the class path of tests too. */
  @Test
  void aPackedFileIsReadAsTheOneThatItWasMadeOf() throws IOException {
    List<StoredTensor> packed = read(GOLDEN, "packed.weights.h5").tensors();
    List<StoredTensor> whole = read(GOLDEN, "plain.weights.h5").tensors();

    assertThat(packed).hasSameSizeAs(whole).isNotEmpty();
    for (int k = 0; k < whole.size(); k++) {
      assertThat(packed.get(k).values()).isEqualTo(whole.get(k).values());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"trained.h5", "plain.weights.h5", "trained.keras"})
  void filesThatAreCutOffOrDamagedAreReadOrRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(GOLDEN.resolve(name));
    Random random = new Random(1);
    for (int k = 0; k < 60; k++) {
      byte[] broken = whole.clone();
      if (k % 2 == 0) {
        broken = Arrays.copyOf(whole, 8 + random.nextInt(whole.length - 8));
      } else {
        broken[8 + random.nextInt(whole.length - 8)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(folder.resolve("broken"), broken);
      try {
        assertThat(read(folder, "broken")).isNotNull();
      } catch (TensorFileException e) {
        assertThat(e).as("case %s", k).hasMessageStartingWith(folder + "/broken: ");
      }
    }
  }

  private static TensorFile read(Path in, String name) throws IOException {
    return KerasFile.read(STORAGE.folder(in.toString()), name);
  }
}
