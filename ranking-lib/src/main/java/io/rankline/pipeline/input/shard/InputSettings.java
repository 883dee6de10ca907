package io.rankline.pipeline.input.shard;

import io.rankline.data.ListSize;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.pipeline.hparams.DatasetHparams;
import java.io.Serializable;

/**
 * How a data set is read and batched.
 *
 * @param name of the data, for messages: its pattern
 * @param role what it is there for
 * @param hparams of all data sets of the training
 * @param shuffleBufferSize lists that the next one is drawn from; 1 for their order
 */
public record InputSettings(String name, Role role, DatasetHparams hparams, int shuffleBufferSize)
    implements Serializable {

  /** Beyond this, reading is no longer what a training waits for. */
  private static final int MOST_THREADS_UNASKED = 4;

  /** What a data set is there for. */
  public enum Role {
    /** Pass after pass without end, each in an order drawn again; batches straddle passes. */
    TRAINING,
    /** One pass over the training data in its order; the last batch may be smaller. */
    TRAINING_PASS,
    /** One pass over validation or test data in its order; the last batch may be smaller. */
    VALIDATION
  }

  /** With the shuffle buffer of the hyperparameters. */
  public InputSettings(String name, Role role, DatasetHparams hparams) {
    this(name, role, hparams, role == Role.TRAINING ? hparams.shuffleBufferSize() : 1);
  }

  /** Lists of a batch. */
  public int batchSize() {
    return role == Role.VALIDATION ? hparams.validBatchSize() : hparams.trainBatchSize();
  }

  /** Items of a list. */
  public ListSize listSize() {
    return role == Role.VALIDATION ? hparams.effectiveValidListSize() : hparams.listSize();
  }

  /** Whether items are shuffled before lists are truncated. */
  public boolean shuffleExamples() {
    return role == Role.TRAINING && hparams.shuffleExamples();
  }

  /** Items of a list that have to be read: where they are shuffled first, all of them. */
  ListSize itemsToRead() {
    return shuffleExamples() ? ListSize.ALL : listSize();
  }

  /** Seed of every order that is drawn. */
  public long seed() {
    return hparams.seed();
  }

  /** What a damaged record does. */
  public CorruptRecordPolicy onCorruptRecord() {
    return hparams.onCorruptRecord();
  }

  /** Number of reading threads. */
  public int threads() {
    return hparams.readerThreads() > 0
        ? hparams.readerThreads()
        : Math.min(MOST_THREADS_UNASKED, Runtime.getRuntime().availableProcessors());
  }
}
