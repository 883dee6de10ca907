package io.rankline.pipeline.input;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.io.CorruptRecordPolicy;
import java.io.Serializable;

/**
 * How a data set is read and batched.
 *
 * @param name of the data, for messages: its pattern
 * @param order of its lists
 * @param batchSize lists of a batch
 * @param listSize items of a list
 * @param convertLabelsToBinary whether every label above 0 becomes 1
 * @param shuffleExamples whether items are shuffled before truncation; only in training order
 * @param shuffleBufferSize lists that the next one is drawn from; only in training order
 * @param seed of every order that is drawn
 * @param onCorruptRecord what a damaged record does
 * @param prefetchBatches batches that are made ahead
 * @param readerThreads threads that read and parse, 0 for one a processor and at most 4
 */
public record InputSettings(
    String name,
    Order order,
    int batchSize,
    ListSize listSize,
    boolean convertLabelsToBinary,
    boolean shuffleExamples,
    int shuffleBufferSize,
    long seed,
    CorruptRecordPolicy onCorruptRecord,
    int prefetchBatches,
    int readerThreads)
    implements Serializable {

  /** Beyond this, reading is no longer what a training waits for. */
  private static final int MOST_THREADS_UNASKED = 4;

  /** In which order lists come. */
  public enum Order {
    /** Pass after pass without end, each in an order drawn anew; batches straddle passes. */
    TRAINING,
    /** One pass in the order of the data; the last batch may be smaller. */
    SEQUENTIAL
  }

  /** The same with another shuffle buffer. */
  public InputSettings withShuffleBufferSize(int lists) {
    return new InputSettings(
        name,
        order,
        batchSize,
        listSize,
        convertLabelsToBinary,
        shuffleExamples,
        lists,
        seed,
        onCorruptRecord,
        prefetchBatches,
        readerThreads);
  }

  /**
   * Makes batches as this data set wants its labels; items are left in their order.
   *
   * @param length items that lists are padded to
   */
  public ListBatcher.Builder batcher(ListSize length) {
    ListBatcher.Builder options = ListBatcher.builder().listSize(length);
    return convertLabelsToBinary ? options.convertLabelsToBinary() : options;
  }

  /** Number of reading threads. */
  int threads() {
    return readerThreads > 0
        ? readerThreads
        : Math.min(MOST_THREADS_UNASKED, Runtime.getRuntime().availableProcessors());
  }
}
