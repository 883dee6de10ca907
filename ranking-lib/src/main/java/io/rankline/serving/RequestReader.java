package io.rankline.serving;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.record.RecordFormat;
import java.nio.ByteBuffer;

/**
 * Reads requests of one format.
 *
 * @param requests the features that they hold
 */
record RequestReader(RecordFormat format, RecordSpec requests) {

  /** A decoder stops looking for another format after its first record, and requests differ. */
  RankingList read(byte[] record) {
    return read(ByteBuffer.wrap(record));
  }

  /** As {@link #read(byte[])}, of a buffer on the heap. */
  RankingList read(ByteBuffer record) {
    try {
      return format
          .decoder(requests)
          .decode(record.array(), record.arrayOffset() + record.position(), record.remaining());
    } catch (CorruptRecordException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
