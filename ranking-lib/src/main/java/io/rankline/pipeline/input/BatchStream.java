package io.rankline.pipeline.input;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Batches one after the other, made by threads of their own. To be used by one thread. */
public interface BatchStream<B> extends AutoCloseable {

  /**
   * The next batch, of transformed lists; null at the end. Training streams have no end: passes
   * over the data follow each other, and so do their batches.
   *
   * @throws IOException if the data cannot be read; names the file and the record
   */
  @Nullable B next() throws IOException;

  /** How long {@link #next} has kept its caller waiting so far. */
  Duration waited();

  /** Number of damaged records that were left out so far, each counted once. */
  long skippedRecords();

  @Override
  void close();
}
