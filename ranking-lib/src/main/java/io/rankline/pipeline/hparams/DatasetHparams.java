package io.rankline.pipeline.hparams;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.RecordFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where data comes from and how it is read: the {@code dataset} section of a configuration file,
 * whose keys are these names in snake_case.
 *
 * @param trainInputPattern paths or globs of the training data, joined by commas; a folder stands
 *     for every file below it
 * @param validInputPattern the same of the validation data
 * @param testInputPattern the same of the test data, or null for none
 * @param trainBatchSize lists of a training batch
 * @param validBatchSize lists of a batch of validation or test data
 * @param listSize items of a list: longer ones are truncated, shorter ones padded; 0 or less pads
 *     to the longest list of each batch
 * @param validListSize the same for validation and test data; null for {@code listSize}
 * @param datasetReader what the files are
 * @param format of the records of TFRecord files; how files are compressed is told by the end of
 *     their names
 * @param convertLabelsToBinary whether every label above 0 is read as 1
 * @param shuffleBufferSize lists that training draws the next one from; 1 leaves them in the order
 *     of files
 * @param shuffleExamples whether training shuffles the items of a list before it truncates it
 * @param seed of every order that is drawn
 * @param onCorruptRecord what a damaged record does
 * @param cacheMemory bytes of the heap that lists may take once they are read, for training,
 *     validation and test data together; 0 keeps none. The shuffle buffer and batches that are made
 *     ahead come on top where their lists are not kept
 * @param prefetchBatches batches that are made ahead of the training
 * @param readerThreads threads that read and parse; 0 for one a processor, at most 4. Batches are
 *     the same for any number
 */
public record DatasetHparams(
    String trainInputPattern,
    String validInputPattern,
    @Nullable String testInputPattern,
    int trainBatchSize,
    int validBatchSize,
    int listSize,
    @Nullable Integer validListSize,
    DatasetReader datasetReader,
    RecordFormat format,
    boolean convertLabelsToBinary,
    int shuffleBufferSize,
    boolean shuffleExamples,
    long seed,
    CorruptRecordPolicy onCorruptRecord,
    long cacheMemory,
    int prefetchBatches,
    int readerThreads)
    implements Serializable {

  /** Stands in for a pattern where data comes from memory. */
  private static final String IN_MEMORY = "memory";

  public DatasetHparams {
    List<String> problems = new ArrayList<>();
    requirePattern("train_input_pattern", trainInputPattern, problems);
    requirePattern("valid_input_pattern", validInputPattern, problems);
    if (testInputPattern != null && testInputPattern.isBlank()) {
      problems.add("test_input_pattern must name files or be left out, got ''");
    }
    requireAtLeast(1, "train_batch_size", trainBatchSize, problems);
    requireAtLeast(1, "valid_batch_size", validBatchSize, problems);
    requireAtLeast(1, "shuffle_buffer_size", shuffleBufferSize, problems);
    requireAtLeast(0, "cache_memory", cacheMemory, problems);
    requireAtLeast(1, "prefetch_batches", prefetchBatches, problems);
    requireAtLeast(0, "reader_threads", readerThreads, problems);
    if (!problems.isEmpty()) {
      throw new HparamsException(problems);
    }
  }

  /** Collects hyperparameters; patterns and batch sizes have no default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects hyperparameters of data that comes from no files; batch sizes have no default. */
  public static Builder inMemory() {
    return new Builder().trainInputPattern(IN_MEMORY).validInputPattern(IN_MEMORY);
  }

  /** Items of a list of validation or test data, 0 or less for the longest of each batch. */
  public int effectiveValidListSize() {
    return validListSize == null ? listSize : validListSize;
  }

  private static void requirePattern(String key, String pattern, List<String> problems) {
    if (pattern.isBlank()) {
      problems.add(key + " must name files, as /data/train-*, got none");
    }
  }

  private static void requireAtLeast(int least, String key, long value, List<String> problems) {
    if (value < least) {
      problems.add("%s must be %d or more, got %d".formatted(key, least, value));
    }
  }

  /** Collects hyperparameters; what is not said has TF-Ranking's default where it has one. */
  public static final class Builder {

    private String trainInputPattern = "";
    private String validInputPattern = "";
    private @Nullable String testInputPattern;
    private int trainBatchSize;
    private int validBatchSize;
    private int listSize;
    private @Nullable Integer validListSize;
    private DatasetReader datasetReader = DatasetReader.TFRECORD;
    private RecordFormat format = RecordFormat.ELWC;
    private boolean convertLabelsToBinary;
    private int shuffleBufferSize = 1000;
    private boolean shuffleExamples;
    private long seed = 42;
    private CorruptRecordPolicy onCorruptRecord = CorruptRecordPolicy.FAIL;
    private long cacheMemory = Runtime.getRuntime().maxMemory() / 4;
    private int prefetchBatches = 2;
    private int readerThreads;

    private Builder() {}

    /** Paths or globs of the training data, joined by commas. */
    public Builder trainInputPattern(String pattern) {
      this.trainInputPattern = pattern;
      return this;
    }

    /** Paths or globs of the validation data, joined by commas. */
    public Builder validInputPattern(String pattern) {
      this.validInputPattern = pattern;
      return this;
    }

    /** Paths or globs of the test data; none where not said. */
    public Builder testInputPattern(@Nullable String pattern) {
      this.testInputPattern = pattern;
      return this;
    }

    /** Lists of a training batch. */
    public Builder trainBatchSize(int lists) {
      this.trainBatchSize = lists;
      return this;
    }

    /** Lists of a batch of validation or test data. */
    public Builder validBatchSize(int lists) {
      this.validBatchSize = lists;
      return this;
    }

    /** Items of a list; the longest of each batch where not said, null, 0 or less. */
    public Builder listSize(@Nullable Integer items) {
      this.listSize = items == null ? 0 : Math.max(items, 0);
      return this;
    }

    /** Items of a list of validation or test data; that of training where not said. */
    public Builder validListSize(@Nullable Integer items) {
      this.validListSize = items;
      return this;
    }

    /** TFRecord files where not said. */
    public Builder datasetReader(DatasetReader reader) {
      this.datasetReader = reader;
      return this;
    }

    /** ELWC where not said. */
    public Builder format(RecordFormat recordFormat) {
      this.format = recordFormat;
      return this;
    }

    /** Whether every label above 0 is read as 1; not so where not said. */
    public Builder convertLabelsToBinary(boolean convert) {
      this.convertLabelsToBinary = convert;
      return this;
    }

    /** Lists that training draws the next one from; 1000 where not said. */
    public Builder shuffleBufferSize(int lists) {
      this.shuffleBufferSize = lists;
      return this;
    }

    /** Whether training shuffles the items of a list before it truncates it; not so by default. */
    public Builder shuffleExamples(boolean shuffle) {
      this.shuffleExamples = shuffle;
      return this;
    }

    /** Seed of every order that is drawn; 42 where not said. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** What a damaged record does; it ends the job where not said. */
    public Builder onCorruptRecord(CorruptRecordPolicy policy) {
      this.onCorruptRecord = policy;
      return this;
    }

    /** Bytes that kept lists may take; a quarter of the largest heap where not said. */
    public Builder cacheMemory(long bytes) {
      this.cacheMemory = bytes;
      return this;
    }

    /** Batches that are made ahead; 2 where not said. */
    public Builder prefetchBatches(int batches) {
      this.prefetchBatches = batches;
      return this;
    }

    /** Threads that read and parse; 0, which is one a processor and at most 4, where not said. */
    public Builder readerThreads(int threads) {
      this.readerThreads = threads;
      return this;
    }

    /**
     * The hyperparameters.
     *
     * @throws HparamsException with everything that is wrong with them
     */
    public DatasetHparams build() {
      return new DatasetHparams(
          trainInputPattern,
          validInputPattern,
          testInputPattern,
          trainBatchSize,
          validBatchSize,
          listSize,
          validListSize,
          datasetReader,
          format,
          convertLabelsToBinary,
          shuffleBufferSize,
          shuffleExamples,
          seed,
          onCorruptRecord,
          cacheMemory,
          prefetchBatches,
          readerThreads);
    }
  }
}
