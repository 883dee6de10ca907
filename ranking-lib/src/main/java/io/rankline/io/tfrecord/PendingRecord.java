package io.rankline.io.tfrecord;

import io.rankline.io.CorruptRecordException;

/**
 * A record that was read and is to be decoded elsewhere; made by {@link TfRecordReader#take}.
 *
 * @param bytes the record's own copy of its data
 * @param storedBytes about how many bytes of the stored file it takes
 * @param file it is from
 * @param recordNumber in the file, from 0
 * @param recordPosition where it starts in the uncompressed file
 */
public record PendingRecord(
    byte[] bytes, long storedBytes, String file, long recordNumber, long recordPosition) {

  /** The fault of a record whose list a later step refused; with its place. */
  public CorruptRecordException refused(IllegalArgumentException why) {
    String fault = why.getMessage() == null ? "is refused" : why.getMessage();
    return placed(new CorruptRecordException(fault, null, why));
  }

  /** A fault of the record with its place. */
  public CorruptRecordException placed(CorruptRecordException fault) {
    return fault.at(file, recordNumber, recordPosition).losing(storedBytes);
  }
}
