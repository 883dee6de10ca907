package io.rankline.server.batch;

/**
 * How requests become batches; names and defaults are TensorFlow Serving's.
 *
 * @param maxBatchSize lists of a batch; examples, for regress. A request that has more is a batch
 *     of its own
 * @param batchTimeoutMicros how long the first request of a batch waits for others
 * @param maxEnqueuedBatches of a model version, that wait for a thread
 * @param numBatchThreads that score batches, of all models
 */
public record BatchSettings(
    int maxBatchSize, long batchTimeoutMicros, int maxEnqueuedBatches, int numBatchThreads) {

  /** TensorFlow Serving's defaults, with a thread a processor. */
  public static final BatchSettings DEFAULTS =
      new BatchSettings(1000, 0, 10, Runtime.getRuntime().availableProcessors());

  /** Checks all. */
  public BatchSettings {
    requireAtLeast("max_batch_size", 1, maxBatchSize);
    requireAtLeast("batch_timeout_micros", 0, batchTimeoutMicros);
    requireAtLeast("max_enqueued_batches", 1, maxEnqueuedBatches);
    requireAtLeast("num_batch_threads", 1, numBatchThreads);
  }

  private static void requireAtLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be %s or more, got %s".formatted(name, least, value));
    }
  }
}
