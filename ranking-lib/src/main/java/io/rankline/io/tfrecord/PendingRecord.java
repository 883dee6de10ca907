package io.rankline.io.tfrecord;

import io.rankline.io.CorruptRecordException;

/**
 * A record that was read and is to be decoded elsewhere; made by {@link TfRecordReader#take}.
 *
 * @param bytes the record's own copy of its data
 * @param file it is from
 * @param recordNumber in the file, from 0
 * @param recordPosition where it starts in the uncompressed file
 */
public record PendingRecord(byte[] bytes, String file, long recordNumber, long recordPosition) {

  /** The fault of a record whose list a later step refused; with its place. */
  public CorruptRecordException refused(IllegalArgumentException why) {
    String fault = why.getMessage() == null ? "is refused" : why.getMessage();
    return new CorruptRecordException(fault, null, why).at(file, recordNumber, recordPosition);
  }
}
