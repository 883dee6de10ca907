package io.rankline.server.config;

import io.rankline.server.batch.BatchSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * TensorFlow Serving's {@code --batching_parameters_file}:
 *
 * <pre>
 * max_batch_size { value: 128 }
 * batch_timeout_micros { value: 1000 }
 * max_enqueued_batches { value: 100 }
 * num_batch_threads { value: 4 }
 * </pre>
 *
 * <p>Its other fields are for tensors of fixed sizes; they are read and not looked at.
 */
public final class BatchingParametersFile {

  private BatchingParametersFile() {}

  /**
   * The settings of a file.
   *
   * @throws ConfigException with the line of a fault
   */
  public static BatchSettings read(Path file) throws IOException {
    return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /** The settings of a text. */
  static BatchSettings parse(String place, String text) {
    TextMessage whole = TextReader.read(place, text);
    whole.allow(
        "max_batch_size",
        "batch_timeout_micros",
        "max_enqueued_batches",
        "num_batch_threads",
        "thread_pool_name",
        "allowed_batch_sizes",
        "pad_variable_length_inputs");
    BatchSettings defaults = BatchSettings.DEFAULTS;
    try {
      return new BatchSettings(
          (int) value(whole, "max_batch_size", defaults.maxBatchSize(), Integer.MAX_VALUE),
          value(whole, "batch_timeout_micros", defaults.batchTimeoutMicros(), Long.MAX_VALUE),
          (int)
              value(
                  whole, "max_enqueued_batches", defaults.maxEnqueuedBatches(), Integer.MAX_VALUE),
          (int) value(whole, "num_batch_threads", defaults.numBatchThreads(), Integer.MAX_VALUE));
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(place, 1, String.valueOf(e.getMessage()));
    }
  }

  private static long value(TextMessage whole, String name, long otherwise, long most) {
    return whole
        .message(name)
        .map(
            wrapper -> {
              wrapper.allow("value");
              return wrapper.numbers("value").stream().findFirst().orElse(0L);
            })
        .map(value -> Math.min(value, most))
        .orElse(otherwise);
  }
}
