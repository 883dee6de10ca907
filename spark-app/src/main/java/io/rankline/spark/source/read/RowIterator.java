package io.rankline.spark.source.read;

import io.rankline.io.tfrecord.TfRecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;
import scala.collection.AbstractIterator;

/** Rows of one file; closes it at its end. Each row is valid until the next is asked for. */
abstract class RowIterator extends AbstractIterator<UnsafeRow> implements Closeable {

  private final TfRecordReader records;
  private final SkipLog skips;
  private @Nullable UnsafeRow next;
  private boolean closed;

  RowIterator(TfRecordReader records, SkipLog skips) {
    this.records = records;
    this.skips = skips;
  }

  /** The next row, or null at the end of the file. */
  abstract @Nullable UnsafeRow read() throws IOException;

  @Override
  public final boolean hasNext() {
    if (next == null && !closed) {
      try {
        next = read();
        if (next == null) {
          skips.requireEnough();
        }
      } catch (IOException e) {
        close();
        throw unchecked(e);
      }
      if (next == null) {
        close();
      }
    }
    return next != null;
  }

  @Override
  public final UnsafeRow next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the file has no more rows");
    }
    UnsafeRow row = next;
    next = null;
    return row;
  }

  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    skips.end();
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The exception as it is: Scala's iterators declare none, and wrapped it would no longer be the
   * cause that Spark reports.
   */
  static RuntimeException unchecked(IOException e) {
    throw RowIterator.<RuntimeException>asUnchecked(e);
  }

  @SuppressWarnings("unchecked") // the compiler sees RuntimeException, and nothing is cast
  private static <T extends Throwable> RuntimeException asUnchecked(Throwable e) throws T {
    throw (T) e;
  }
}
