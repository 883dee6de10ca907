package io.rankline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.server.batch.BatchSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchingParametersFileTest {

  @Test
  void tensorFlowServingsFormIsRead() {
    assertThat(
            BatchingParametersFile.parse(
                "f",
                """
                max_batch_size { value: 128 }
                batch_timeout_micros { value: 1000 }
                max_enqueued_batches { value: 1000000 }
                num_batch_threads { value: 8 }
                allowed_batch_sizes: 64 allowed_batch_sizes: 128
                """))
        .isEqualTo(new BatchSettings(128, 1000, 1_000_000, 8));
  }

  @Test
  void whatIsNotSaidIsAsInTensorFlowServing() {
    assertThat(BatchingParametersFile.parse("f", ""))
        .isEqualTo(new BatchSettings(1000, 0, 10, Runtime.getRuntime().availableProcessors()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "max_batch_size { value: 0 }|f:1: max_batch_size must be 1 or more, got 0",
        "max_batch_size: 5|f:1: 'max_batch_size' must be a message in { }",
        "num_batch_threads {}|f:1: num_batch_threads must be 1 or more, got 0",
        "batch_timeout_micros { value: -1 }|f:1: batch_timeout_micros must be 0 or more, got -1",
      })
  void faultsAreNamed(String text, String fault) {
    assertThatThrownBy(() -> BatchingParametersFile.parse("f", text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(fault);
  }
}
