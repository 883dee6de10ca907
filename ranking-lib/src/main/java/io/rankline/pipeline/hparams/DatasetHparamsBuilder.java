package io.rankline.pipeline.hparams;

import io.rankline.data.ListSize;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.text.RecordBuilder;
import org.jspecify.annotations.Nullable;

/** Collects hyperparameters of data; the others have the defaults that the record names. */
public final class DatasetHparamsBuilder
    extends RecordBuilder<DatasetHparams, DatasetHparamsBuilder> {

  DatasetHparamsBuilder() {
    super(DatasetHparams.class);
  }

  /** Paths or globs of the training data, joined by commas. */
  public DatasetHparamsBuilder trainInputPattern(String pattern) {
    return set("trainInputPattern", pattern);
  }

  /** Paths or globs of the validation data, joined by commas. */
  public DatasetHparamsBuilder validInputPattern(String pattern) {
    return set("validInputPattern", pattern);
  }

  /** Paths or globs of the test data; none by default. */
  public DatasetHparamsBuilder testInputPattern(@Nullable String pattern) {
    return set("testInputPattern", pattern);
  }

  /** Lists of a training batch. */
  public DatasetHparamsBuilder trainBatchSize(int lists) {
    return set("trainBatchSize", lists);
  }

  /** Lists of a batch of validation or test data. */
  public DatasetHparamsBuilder validBatchSize(int lists) {
    return set("validBatchSize", lists);
  }

  /**
   * Items of a list; 0 and null are all of them.
   *
   * @throws IllegalArgumentException for a number below 0
   */
  public DatasetHparamsBuilder listSize(@Nullable Integer items) {
    return set("listSize", items == null ? ListSize.ALL : new ListSize(items));
  }

  /**
   * Items of a list of validation or test data, 0 for all; null for as many as in training.
   *
   * @throws IllegalArgumentException for a number below 0
   */
  public DatasetHparamsBuilder validListSize(@Nullable Integer items) {
    return set("validListSize", items == null ? null : ListSize.of("valid_list_size", items));
  }

  /** What the files are. */
  public DatasetHparamsBuilder datasetReader(DatasetReader reader) {
    return set("datasetReader", reader);
  }

  /** Of the records of TFRecord files. */
  public DatasetHparamsBuilder format(RecordFormat recordFormat) {
    return set("format", recordFormat);
  }

  /** Whether every label above 0 is read as 1. */
  public DatasetHparamsBuilder convertLabelsToBinary(boolean convert) {
    return set("convertLabelsToBinary", convert);
  }

  /** Lists that training draws the next one from; 1 leaves them in the order of files. */
  public DatasetHparamsBuilder shuffleBufferSize(int lists) {
    return set("shuffleBufferSize", lists);
  }

  /** Whether training shuffles the items of a list before it truncates it. */
  public DatasetHparamsBuilder shuffleExamples(boolean shuffle) {
    return set("shuffleExamples", shuffle);
  }

  /** Seed of every order that is drawn. */
  public DatasetHparamsBuilder seed(long value) {
    return set("seed", value);
  }

  /** What a damaged record does. */
  public DatasetHparamsBuilder onCorruptRecord(CorruptRecordPolicy policy) {
    return set("onCorruptRecord", policy);
  }

  /** Whether a feature may be in no record. */
  public DatasetHparamsBuilder allowAbsentFeatures(boolean allow) {
    return set("allowAbsentFeatures", allow);
  }

  /** Bytes that kept lists may take. */
  public DatasetHparamsBuilder cacheMemory(long bytes) {
    return set("cacheMemory", bytes);
  }

  /** Batches that are made ahead. */
  public DatasetHparamsBuilder prefetchBatches(int batches) {
    return set("prefetchBatches", batches);
  }

  /** Threads that read and parse; 0 for one a processor, at most 4. */
  public DatasetHparamsBuilder readerThreads(int threads) {
    return set("readerThreads", threads);
  }
}
