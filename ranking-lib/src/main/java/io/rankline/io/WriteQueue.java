package io.rankline.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes to storage that answers slowly, in order and on a thread of its own, while the caller goes
 * on. A folder that writes {@linkplain Folder#through through} it waits for what is queued before
 * it does anything else.
 *
 * <p>The first write that fails ends it: later ones are dropped, and everybody who asks for more
 * gets that failure.
 */
public final class WriteQueue implements Closeable {

  /** One write. What it needs is in memory. */
  @FunctionalInterface
  public interface Write {
    /** Writes it all. */
    void run() throws IOException;
  }

  /** Writes of some two epochs: a store that is slower than the training slows it down. */
  private static final int MOST = 16;

  private final Deque<Write> queued = new ArrayDeque<>();
  private final Thread thread = new Thread(this::work, "rankline-writes");
  private boolean working;
  private boolean closed;
  private @Nullable Throwable failure;

  /** Nothing is queued yet. */
  public WriteQueue() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Queues a write; waits while there are many. */
  void add(Write write) throws IOException {
    synchronized (this) {
      await(() -> queued.size() < MOST);
      queued.add(write);
      notifyAll();
    }
  }

  /** Waits until all is written; for writes of this queue themselves it is. */
  void settle() throws IOException {
    if (Thread.currentThread() == thread) {
      return;
    }
    synchronized (this) {
      await(() -> queued.isEmpty() && !working);
    }
  }

  /**
   * Waits until all is written.
   *
   * @throws IOException if a write failed
   */
  @Override
  public void close() throws IOException {
    try {
      settle();
    } finally {
      synchronized (this) {
        closed = true;
        notifyAll();
      }
    }
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void await(Condition condition) throws IOException {
    while (!condition.holds() && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while files were written", e);
      }
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void work() {
    while (true) {
      Write write = next();
      if (write == null) {
        return;
      }
      Throwable fault = null;
      try {
        write.run();
      } catch (IOException | RuntimeException | Error e) {
        fault = e;
      }
      done(fault);
    }
  }

  private synchronized @Nullable Write next() {
    while (queued.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        return null; // nobody else knows this thread
      }
    }
    working = !queued.isEmpty();
    return queued.poll();
  }

  private synchronized void done(@Nullable Throwable fault) {
    working = false;
    if (fault != null && failure == null) {
      failure = fault;
      queued.clear();
    }
    notifyAll();
  }
}
