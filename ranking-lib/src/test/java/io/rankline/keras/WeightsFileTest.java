package io.rankline.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Storage;
import io.rankline.io.tensor.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {

  @TempDir Path folder;

  @Test
  void whatIsNeitherIsRefused() throws IOException {
    Files.writeString(folder.resolve("weights.pt"), "PyTorch, or so");
    Files.createDirectory(folder.resolve("empty"));

    for (String name : new String[] {"weights.pt", "empty"}) {
      assertThatThrownBy(() -> read(name))
          .isInstanceOf(TensorFileException.class)
          .hasMessage(
              "%s/%s: is neither a TensorFlow SavedModel nor a checkpoint nor a file of Keras (.h5,"
                      .formatted(folder, name)
                  + " .weights.h5, .keras)");
    }
    assertThatThrownBy(() -> read("ckpt-9"))
        .hasMessage("%s/ckpt-9: there is no such file, folder or checkpoint".formatted(folder));
  }

  @Test
  void aFolderOfCheckpointsIsAskedForOne() throws IOException {
    Files.createFile(folder.resolve("ckpt-1.index"));
    Files.createFile(folder.resolve("ckpt-2.index"));

    assertThatThrownBy(() -> WeightsFile.read(Storage.ofClassPath(), folder.toString()))
        .hasMessage("%1$s: is a folder of 2 checkpoints; name one: %1$s/ckpt-1".formatted(folder));
  }

  private void read(String name) throws IOException {
    WeightsFile.read(Storage.ofClassPath(), folder + "/" + name);
  }
}
