package io.rankline.pipeline.input.shard;

import io.rankline.io.CorruptRecordException;
import java.io.Closeable;
import java.io.IOException;

/** Goes through the records of a shard. For one thread at a time. */
public interface RecordCursor extends Closeable {

  /**
   * Goes to the next record; false at the end.
   *
   * @throws CorruptRecordException for a damaged record, unless those are skipped
   */
  boolean advance() throws IOException;

  /** The record, to be decoded by any thread while the cursor moves on. */
  PendingList take();
}
