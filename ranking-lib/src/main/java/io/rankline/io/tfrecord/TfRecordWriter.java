package io.rankline.io.tfrecord;

import io.rankline.io.MaskedCrc;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes records as a TFRecord file; see {@link TfRecordReader} for the layout. */
public final class TfRecordWriter implements Closeable {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final OutputStream out;
  private final MaskedCrc crc = new MaskedCrc();
  private final byte[] header = new byte[Long.BYTES + Integer.BYTES];
  private final byte[] footer = new byte[Integer.BYTES];

  /**
   * A writer of uncompressed frames.
   *
   * @param out closed with the writer; should be buffered
   */
  public TfRecordWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes one record. */
  public void write(byte[] record) throws IOException {
    LONGS.set(header, 0, (long) record.length);
    INTS.set(header, Long.BYTES, crc.of(header, 0, Long.BYTES));
    INTS.set(footer, 0, crc.of(record, 0, record.length));
    out.write(header);
    out.write(record);
    out.write(footer);
  }

  /** Flushes what it writes to. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
