package io.rankline.spark.convert;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** An iterator over what a file holds, which is closed when the task ends. */
abstract class FileReading<T> implements Iterator<T> {
  private @Nullable T next;
  private boolean ended;

  FileReading(Closeable file) {
    TaskContext.get()
        .addTaskCompletionListener(
            task -> {
              try {
                file.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  abstract @Nullable T read() throws IOException;

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ended = next == null;
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    T result = next;
    next = null;
    return result;
  }
}
