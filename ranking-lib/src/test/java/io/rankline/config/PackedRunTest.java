package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRunTest {

  private static final String RUN =
      """
      width = 8
      data {
        train_input_pattern = "/data/train", valid_input_pattern = "/data/valid"
        train_batch_size = 2, valid_batch_size = 2
        features {
          example { price { dtype = float32, default = 0 }, words { kind = var_len, dtype = string } }
          label { name = relevance, dtype = int64, default = -1 }
        }
      }
      model {
        preprocess {
          embeddings { words { vocabulary { file = "lists/words.txt" }, dimension = 2 } }
        }
        scorer { type = dnn, hidden_layer_dims = [${width}], dropout = 0.1 }
      }
      pipeline { model_dir = "/models/a", num_epochs = 3, loss = softmax_loss }
      """;

  @TempDir Path folder;

  @Test
  void aRunIsReadWhereNoneOfItsFilesAre() throws Exception {
    RunConfig here = RunConfig.load(file(), List.of("pipeline.num_epochs=5"));
    PackedRun packed = travelled(here.packed());
    delete();

    RunConfig there = packed.open(List.of());

    assertThat(there.text()).isEqualTo(here.text());
    assertThat(there.hparams()).isEqualTo(here.hparams());
    assertThat(there.scorer()).isEqualTo(here.scorer());
    assertThat(Objects.requireNonNull(packed.vocabularies().get("lists/words.txt")).tokens())
        .containsExactly("red", "blue");
    assertThat(there.packed()).isEqualTo(new PackedRun(here.text(), packed.vocabularies()));
    assertThat(packed.open(List.of("pipeline.num_epochs=7")).hparams().numEpochs()).isEqualTo(7);
  }

  @Test
  void aVocabularyThatIsNotPackedIsNamed() throws IOException {
    PackedRun packed = new PackedRun(RunConfig.load(file(), List.of()).text(), Map.of());

    assertThatThrownBy(() -> packed.open(List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("vocabulary file lists/words.txt is not packed");
  }

  private Path file() throws IOException {
    Files.createDirectories(folder.resolve("lists"));
    Files.writeString(folder.resolve("lists/words.txt"), "red\nblue\n");
    return Files.writeString(folder.resolve("run.conf"), RUN);
  }

  private void delete() throws IOException {
    Files.delete(folder.resolve("lists/words.txt"));
    Files.delete(folder.resolve("run.conf"));
  }

  private static PackedRun travelled(PackedRun run) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(run);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (PackedRun) in.readObject();
    }
  }
}
