package io.rankline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a small training, as a user's file. */
final class TrainingFile {

  /** How the trainings of these tests are spread; MultiWorkerMirroredStrategy runs on executors. */
  static final String STRATEGY = "MultiWorkerMirroredStrategy";

  private TrainingFile() {}

  /**
   * Writes it.
   *
   * @param data where {@link SyntheticElwc} wrote, on any storage
   * @param modelDir where the model goes, on any storage
   */
  static Path write(Path file, String data, String modelDir, String strategy) throws IOException {
    return Files.writeString(
        file,
        """
        data {
          train_input_pattern = "%1$s/train/*.tfrecord"
          valid_input_pattern = "%1$s/valid/*.tfrecord"
          train_batch_size = 8
          valid_batch_size = 8
          list_size = 20
          features {
            example { "custom_features_{1..136}" { dtype = float32, default = 0 } }
            label { name = utility, dtype = int64, default = -1 }
          }
        }
        model {
          preprocess { all_examples = log1p }
          scorer { type = dnn, hidden_layer_dims = [16, 8], dropout = 0 }
        }
        pipeline {
          model_dir = "%2$s"
          num_epochs = 2
          loss = softmax_loss
          optimizer = adam
          learning_rate = 0.01
          strategy = %3$s
          export_best_model = true
          best_exporter_metric = ndcg_10
        }
        """
            .formatted(data, modelDir, strategy));
  }
}
