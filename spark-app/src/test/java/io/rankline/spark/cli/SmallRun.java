package io.rankline.spark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The smallest run that has everything: made-up data in data/, a network, a model_dir in model/.
 */
final class SmallRun {

  private SmallRun() {}

  /** Writes its configuration; everything goes into that folder. */
  static Path write(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("run.conf"),
        """
        synthetic { dir = "%1$s/data", train_lists = 12, valid_lists = 6, max_list_size = 8 }
        data {
          train_input_pattern = "%1$s/data/train/*.tfrecord"
          valid_input_pattern = "%1$s/data/valid/*.tfrecord"
          train_batch_size = 4
          valid_batch_size = 4
          list_size = 8
          features {
            example { "custom_features_{1..136}" { dtype = float32, default = 0 } }
            label { name = utility, dtype = int64, default = -1 }
          }
        }
        model {
          preprocess { all_examples = log1p }
          scorer { type = dnn, hidden_layer_dims = [4], dropout = 0 }
        }
        pipeline {
          model_dir = "%1$s/model"
          num_epochs = 2
          loss = softmax_loss
          export_best_model = true
          best_exporter_metric = ndcg_10
        }
        """
            .formatted(folder));
  }
}
