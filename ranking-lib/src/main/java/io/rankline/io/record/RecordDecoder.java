package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.tfrecord.PendingRecord;

/**
 * Reads records of one format into lists. Made by {@link RecordFormat#decoder}.
 *
 * <p>A decoder keeps scratch space and what it learned about the writer's habits, so it is for one
 * thread; make one for each.
 */
public interface RecordDecoder {

  /**
   * The list in {@code bytes[from, from + length)}.
   *
   * @throws CorruptRecordException for bytes that are no record of the format, or values that the
   *     spec does not allow; the message names the feature and says nothing of files
   */
  RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException;

  /** The list in a whole array, see {@link #decode(byte[], int, int)}. */
  default RankingList decode(byte[] bytes) throws CorruptRecordException {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * The list in a record that a reader has handed out.
   *
   * @throws CorruptRecordException if it cannot be read; with its place
   */
  default RankingList decode(PendingRecord record) throws CorruptRecordException {
    try {
      return decode(record.bytes());
    } catch (CorruptRecordException fault) {
      throw record.placed(fault);
    }
  }
}
