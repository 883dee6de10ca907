package io.rankline.io;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be read: damaged bytes, another format than asked for, or values that the
 * feature specs do not allow.
 *
 * <p>The message is {@code FILE: record N at byte O: what is wrong}; records count from 0, and the
 * byte is where the record starts in the (uncompressed) file. In a text file it is {@code line L},
 * and lines count from 1. A codec that is handed bare bytes knows no place, and says what is wrong
 * alone; readers of files add the place.
 */
public final class CorruptRecordException extends IOException {

  private static final long UNKNOWN = -1;

  private final String fault;
  private final @Nullable String feature;
  private final @Nullable String file;
  private final long recordNumber;
  private final long byteOffset;
  private final long lostBytes;

  /** A fault of a record as a whole. */
  public CorruptRecordException(String fault) {
    this(fault, null, null);
  }

  /** A fault of a record as a whole, with what led to it. */
  public CorruptRecordException(String fault, Throwable cause) {
    this(fault, null, cause);
  }

  /**
   * A fault at a feature.
   *
   * @param fault what is wrong, the name of the feature included
   * @param feature name of the feature, or null
   * @param cause what led to it, or null
   */
  public CorruptRecordException(String fault, @Nullable String feature, @Nullable Throwable cause) {
    this(fault, fault, feature, cause, null, UNKNOWN, UNKNOWN, 0);
  }

  private CorruptRecordException(
      String message,
      String fault,
      @Nullable String feature,
      @Nullable Throwable cause,
      @Nullable String file,
      long recordNumber,
      long byteOffset,
      long lostBytes) {
    super(message, cause);
    this.fault = fault;
    this.feature = feature;
    this.file = file;
    this.recordNumber = recordNumber;
    this.byteOffset = byteOffset;
    this.lostBytes = lostBytes;
  }

  /** The same fault with its place. */
  public CorruptRecordException at(String inFile, long atRecord, long atByte) {
    String message = "%s: record %s at byte %s: %s".formatted(inFile, atRecord, atByte, fault);
    return new CorruptRecordException(
        message, fault, feature, this, inFile, atRecord, atByte, lostBytes);
  }

  /** The same fault with its place in a text file, whose lines count from 1. */
  public CorruptRecordException atLine(String inFile, long line, long atByte) {
    String message = "%s: line %s at byte %s: %s".formatted(inFile, line, atByte, fault);
    return new CorruptRecordException(
        message, fault, feature, this, inFile, line - 1, atByte, lostBytes);
  }

  /** The same fault with how much of its file is lost where it is skipped. */
  public CorruptRecordException losing(long bytes) {
    return new CorruptRecordException(
        String.valueOf(getMessage()), fault, feature, this, file, recordNumber, byteOffset, bytes);
  }

  /**
   * How much of its file is lost where it is skipped, in bytes as the file is stored; of a
   * compressed file, about so many. 0 where that is not known.
   */
  public long lostBytes() {
    return lostBytes;
  }

  /** What is wrong, without the place. */
  public String fault() {
    return fault;
  }

  /** Name of the feature at fault, or null where the fault is not one feature's. */
  public @Nullable String feature() {
    return feature;
  }

  /** Path of the file, or null where the bytes came from no file. */
  public @Nullable String file() {
    return file;
  }

  /** Number of the record in its file, from 0. */
  public OptionalLong recordNumber() {
    return file == null ? OptionalLong.empty() : OptionalLong.of(recordNumber);
  }

  /** Where the record starts in its uncompressed file, in bytes from 0. */
  public OptionalLong byteOffset() {
    return file == null ? OptionalLong.empty() : OptionalLong.of(byteOffset);
  }
}
