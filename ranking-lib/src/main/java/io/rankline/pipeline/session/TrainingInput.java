package io.rankline.pipeline.session;

import io.rankline.data.RankingList;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stream of training batches of this process, opened where a training stands. */
final class TrainingInput<B> implements AutoCloseable {

  private final RankingDataset data;
  private final UnaryOperator<RankingList> transform;
  private final BatchForm<B> form;
  private @Nullable BatchStream<B> stream;
  private long position = -1;
  private long skipped;

  /**
   * An input.
   *
   * @param transform one object for every stream: data sets keep lists for the transform they were
   *     made by
   */
  TrainingInput(RankingDataset data, UnaryOperator<RankingList> transform, BatchForm<B> form) {
    this.data = data;
    this.transform = transform;
    this.form = form;
  }

  /** Number of batches of one pass over the data. */
  long batchesPerPass() throws IOException {
    return data.batchesPerPass();
  }

  /** Goes to the batch of a step; that is nothing to do after the step before it. */
  void seek(long step) throws IOException {
    if (stream == null || position != step) {
      close();
      stream = data.open(transform, form, step);
      position = step;
    }
  }

  /** The next batch; {@link #seek} comes first. */
  B next() throws IOException {
    B batch = requireOpen().next();
    if (batch == null) {
      throw new IOException(
          "the training data ended after %s steps; it must go on pass after pass"
              .formatted(position));
    }
    position++;
    return batch;
  }

  /** Number of the step whose batch was given last, from 1. */
  long step() {
    return position;
  }

  /** How long the stream that is open has kept its reader waiting. */
  Duration waited() {
    return requireOpen().waited();
  }

  /** Damaged records that were left out, each counted once. */
  long skippedRecords() {
    return stream == null ? skipped : stream.skippedRecords();
  }

  @Override
  public void close() {
    if (stream != null) {
      skipped = stream.skippedRecords();
      stream.close();
      stream = null;
    }
  }

  private BatchStream<B> requireOpen() {
    if (stream == null) {
      throw new IllegalStateException("seek a step before you read");
    }
    return stream;
  }
}
