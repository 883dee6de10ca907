package io.rankline.pipeline.input.shard;

import io.rankline.io.CorruptRecordException;
import java.io.IOException;
import java.util.function.Consumer;

/** A part of a data set that is read from its start to its end: a file. Safe for many threads. */
public interface ListShard {

  /** Its path, for messages. */
  String name();

  /** Its length as it is stored; 0 of what is in memory. */
  default long bytes() {
    return 0;
  }

  /**
   * Starts reading.
   *
   * @param onSkip called with each damaged record that is left out, where those are skipped
   */
  RecordCursor open(Consumer<CorruptRecordException> onSkip) throws IOException;
}
