package io.rankline.io.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LargeFileTest {

  private static final int RECORD_BYTES = 600_000;
  private static final long FILE_BYTES = (2L << 30) + RECORD_BYTES;

  @Test
  void twoGigabytesNeedTheMemoryOfOneRecord() throws IOException {
    byte[] frame = frame(RECORD_BYTES);
    long records = FILE_BYTES / frame.length + 1;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    long count = 0;
    long last = 0;

    try (TfRecordReader reader =
        new TfRecordReader(
            new RepeatedStream(frame, records), "2gb.tfrecord", CorruptRecordPolicy.FAIL)) {
      while (reader.advance()) {
        count++;
        last = reader.recordPosition();
      }
    }

    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(count).isEqualTo(records);
    assertThat(last).isEqualTo((records - 1) * frame.length).isGreaterThan(Integer.MAX_VALUE);
    assertThat(allocated).isLessThan(4L * RECORD_BYTES);
  }

  private static byte[] frame(int dataBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      writer.write(new byte[dataBytes]);
    }
    return bytes.toByteArray();
  }

  /** A file that is the same bytes over and over, made as it is read. */
  private static final class RepeatedStream extends InputStream {
    private final byte[] piece;
    private long left;
    private int at;

    RepeatedStream(byte[] piece, long times) {
      this.piece = piece;
      this.left = times * piece.length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("the reader asks for arrays");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, left), piece.length - at);
      System.arraycopy(piece, at, target, offset, count);
      at = (at + count) % piece.length;
      left -= count;
      return count;
    }
  }
}
