package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScorersOfNumbersTest {

  @ParameterizedTest
  @CsvSource({"gam, 'example_hidden_layer_dims = [8]'", "lambdamart, 'num_round = 3'"})
  void textIsRefusedBeforeAnyDataIsRead(String type, String options) {
    assertThatThrownBy(
            () ->
                RunConfig.parse(
                    """
                    data {
                      train_input_pattern = /nowhere, valid_input_pattern = /nowhere
                      train_batch_size = 8, valid_batch_size = 8
                      features {
                        example {
                          price { dtype = float32, default = 0 }
                          brand { dtype = string, default = "" }
                        }
                        label { name = grade, dtype = float32, default = -1 }
                      }
                    }
                    model {
                      preprocess { embeddings { brand { hash_buckets = 8, dimension = 2 } } }
                      scorer { type = %s, %s }
                    }
                    pipeline { model_dir = /nowhere/model, num_epochs = 1, loss = softmax_loss }
                    """
                        .formatted(type, options),
                    Path.of(""),
                    List.of()))
        .hasMessage(
            "configuration: 13: model.preprocess must have no embedding for scorer "
                + type
                + ", which reads numbers, got those of [brand]; leave these features out");
  }
}
