package io.rankline.spark.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {

  private static final ModelFiles MODEL =
      new ModelFiles(
          new TreeMap<>(
              Map.of(
                  "ranking_model.json", "model".getBytes(UTF_8),
                  "network.zip", "network".getBytes(UTF_8),
                  "assets/words.txt", "words".getBytes(UTF_8),
                  "members/1/ranking_model.json", "member".getBytes(UTF_8))));

  @TempDir Path disk;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    MODEL.write(folder("best"));

    assertThat(ModelFiles.read(folder("best")).digest()).isEqualTo(MODEL.digest());
  }

  @Test
  void theWholeModelThatAKilledTrainingLeftBesideItsPlaceIsRead() throws IOException {
    MODEL.write(folder(".best.tmp"));
    folder("best").write("network.zip", out -> out.write(1));

    assertThat(ModelFiles.read(folder("best")).digest()).isEqualTo(MODEL.digest());
  }

  @Test
  void aFolderWithoutAModelIsNamed() {
    assertThatThrownBy(() -> ModelFiles.read(folder("none")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(disk.resolve("none") + " holds no model; save it again");
  }

  private Folder folder(String name) {
    return Storage.ofClassPath().folder(disk.resolve(name).toString());
  }
}
