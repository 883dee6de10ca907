package io.rankline.io.tfrecord;

import io.rankline.io.Content;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordInput;
import io.rankline.io.UnreadableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a TFRecord file, both checksums of each checked.
 *
 * <pre>
 *   uint64 length | uint32 masked CRC-32C of the length | data | uint32 masked CRC-32C of the data
 * </pre>
 *
 * <p>All numbers are little-endian. A record lies in the reader's own buffer until the next call of
 * {@link #advance}, so nothing is copied; the buffer grows to the largest record and no further,
 * and only as bytes arrive, so a wrong length costs no memory.
 *
 * <p>With {@link CorruptRecordPolicy#SKIP}, a record with a damaged length is left by looking for
 * the next place where a length has its checksum and its data has too; one with damaged data is
 * left by its length. A file that ends within a record has one record that cannot be read.
 *
 * <pre>{@code
 * try (TfRecordReader records = new TfRecordReader(stream, "part-0.tfrecord", FAIL)) {
 *   while (records.advance()) {
 *     decoder.decode(records.buffer(), records.offset(), records.length());
 *   }
 * }
 * }</pre>
 */
public final class TfRecordReader implements Closeable {

  private static final int HEADER = 12;
  private static final int FOOTER = 4;
  private static final int FIRST_BUFFER = 1 << 18;

  /** How much is read at once where only a length says how much there is. */
  private static final int TRUSTED_GROWTH = 1 << 20;

  private static final int MAX_RECORD = Integer.MAX_VALUE - 64;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private final String name;
  private final CorruptRecordPolicy policy;
  private final Consumer<CorruptRecordException> onSkip;
  private final FrameChecksums checksums = new FrameChecksums();

  private byte[] buffer = new byte[FIRST_BUFFER];
  private int start;
  private int end;
  private boolean streamEnded;

  /** Why the stream ended early, until a fault has reported it. */
  private @Nullable UnreadableFileException streamFault;

  /** Position of {@code buffer[0]} in the file. */
  private long bufferPosition;

  private int offset;
  private int length;
  private long recordNumber = -1;
  private long recordPosition;
  private long skipped;

  /** A reader that only counts the records it skips. */
  public TfRecordReader(InputStream in, String name, CorruptRecordPolicy policy) {
    this(in, name, policy, fault -> {});
  }

  /**
   * A reader of the uncompressed bytes of a file.
   *
   * @param in closed with the reader; need not be buffered
   * @param name of the file, for messages
   * @param policy what a damaged record does
   * @param onSkip called with each record that is skipped
   */
  public TfRecordReader(
      InputStream in,
      String name,
      CorruptRecordPolicy policy,
      Consumer<CorruptRecordException> onSkip) {
    RecordInput.expect(in, Content.RECORDS);
    this.in = in;
    this.name = name;
    this.policy = policy;
    this.onSkip = onSkip;
  }

  /**
   * Goes to the next record; false at the end of the file.
   *
   * @throws CorruptRecordException for a damaged record, unless those are skipped
   */
  public boolean advance() throws IOException {
    while (true) {
      recordNumber++;
      recordPosition = bufferPosition + start;
      if (!fill(1)) {
        if (streamFault != null) {
          reject(endsEarly(""));
        }
        return false;
      }
      try {
        readRecord();
        return true;
      } catch (CorruptRecordException fault) {
        reject(fault);
      }
    }
  }

  /** The bytes that the record lies in; its own until the next {@link #advance}. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the record starts in {@link #buffer}. */
  public int offset() {
    return offset;
  }

  /** Number of bytes of the record. */
  public int length() {
    return length;
  }

  /** A copy of the record. */
  public byte[] copy() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /** A copy of the record with its place, for a decoder that comes to it later. */
  public PendingRecord take() {
    long bytes = stored(length + HEADER + FOOTER);
    return new PendingRecord(copy(), bytes, name, recordNumber, recordPosition);
  }

  /** Number of the record in the file, from 0, damaged ones counted. */
  public long recordNumber() {
    return recordNumber;
  }

  /** Where the record's frame starts in the uncompressed file. */
  public long recordPosition() {
    return recordPosition;
  }

  /** Number of records skipped so far. */
  public long skippedRecords() {
    return skipped;
  }

  /**
   * Adds its place to a fault of this record, and throws or counts it. Codecs call this for data
   * that they found faulty, so that it counts like damaged bytes.
   */
  public void reject(CorruptRecordException fault) throws CorruptRecordException {
    CorruptRecordException placed = fault.at(name, recordNumber, recordPosition);
    if (policy == CorruptRecordPolicy.FAIL) {
      throw placed;
    }
    skipped++;
    onSkip.accept(
        placed.losing(fault.lostBytes() + stored(bufferPosition + start - recordPosition)));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private long stored(long bytes) {
    return RecordInput.stored(in, bytes, bufferPosition + end);
  }

  /** Reads the record at {@code start}; moves behind it where its length can be trusted. */
  private void readRecord() throws IOException {
    if (!fill(HEADER)) {
      int left = end - start;
      start = end;
      throw endsEarly(
          "file ends after %s of the %s bytes of a record's header".formatted(left, HEADER));
    }
    long dataLength = (long) LONGS.get(buffer, start);
    if (!checksums.follow(buffer, start, Long.BYTES)) {
      CorruptRecordException fault = checksums.fault("length", buffer, start, Long.BYTES);
      findNextRecord();
      throw fault;
    }
    if (dataLength < 0 || dataLength > MAX_RECORD) {
      findNextRecord();
      throw new CorruptRecordException(
          "length is %s bytes, the largest record is %s"
              .formatted(Long.toUnsignedString(dataLength), MAX_RECORD));
    }
    int size = (int) dataLength;
    if (!fill(HEADER + size + FOOTER)) {
      int left = end - start - HEADER;
      findNextRecord();
      throw endsEarly(
          "file ends after %s of the %s bytes of a record and its checksum"
              .formatted(left, size + FOOTER));
    }
    offset = start + HEADER;
    length = size;
    start = offset + size + FOOTER;
    if (!checksums.follow(buffer, offset, size)) {
      throw checksums.fault("data", buffer, offset, size);
    }
  }

  /** Moves to the next place, behind the start of this record, that reads as a whole record. */
  private void findNextRecord() throws IOException {
    if (policy == CorruptRecordPolicy.FAIL) {
      start = end;
      return;
    }
    start++;
    while (fill(HEADER)) {
      long dataLength = (long) LONGS.get(buffer, start);
      if (checksums.follow(buffer, start, Long.BYTES)
          && dataLength >= 0
          && dataLength <= MAX_RECORD
          && fill(HEADER + (int) dataLength + FOOTER)
          && checksums.follow(buffer, start + HEADER, (int) dataLength)) {
        return;
      }
      start++;
    }
    start = end;
  }

  private CorruptRecordException endsEarly(String what) {
    UnreadableFileException cause = streamFault;
    streamFault = null;
    return cause == null
        ? new CorruptRecordException(what)
        : new CorruptRecordException(
                (what.isEmpty() ? "" : what + ": ") + cause.getMessage(), cause)
            .losing(RecordInput.rest(in));
  }

  /** Makes {@code count} bytes from {@code start} available; false where the file has fewer. */
  private boolean fill(int count) throws IOException {
    while (end - start < count) {
      if (streamEnded) {
        return false;
      }
      makeRoom(count);
      int read;
      try {
        read = in.read(buffer, end, buffer.length - end);
      } catch (UnreadableFileException e) {
        streamFault = e;
        read = -1;
      }
      streamEnded = read < 0;
      end += Math.max(0, read);
    }
    return true;
  }

  private void makeRoom(int count) {
    int held = end - start;
    if (start > 0 && (held == 0 || start + count > buffer.length)) {
      System.arraycopy(buffer, start, buffer, 0, held);
      bufferPosition += start;
      start = 0;
      end = held;
    }
    if (end == buffer.length) {
      long wanted = Math.min((long) count, (long) held + Math.max(held, TRUSTED_GROWTH));
      buffer = Arrays.copyOf(buffer, (int) Math.max(wanted, held + 1L));
    }
  }
}
