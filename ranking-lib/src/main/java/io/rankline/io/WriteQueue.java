package io.rankline.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes to storage, in order and on a thread of its own, while the caller goes on: object stores
 * take their time for each request, and disks to sync. A folder that writes {@linkplain
 * Folder#through through} it waits for what is queued before it does anything else.
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

  /**
   * Writes of some two epochs, fewer where they are large: a store that is slower than the training
   * slows it down.
   */
  private static final int MOST = 16;

  /** What is queued may take an eighth of the heap: of that, what one of the writes stands for. */
  private static final long LARGE = Runtime.getRuntime().maxMemory() / 8 / MOST;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread writer = new Thread(work, "rankline-writes");
            writer.setDaemon(true);
            return writer;
          });
  private final Semaphore room = new Semaphore(MOST);
  private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> false);

  /**
   * The write that was queued last: it ends when all before it have, and as the first that failed.
   */
  private CompletableFuture<@Nullable Void> last = CompletableFuture.completedFuture(null);

  /** Nothing is queued yet. */
  public WriteQueue() {}

  /**
   * Queues a write; waits while there are many. One that holds as much memory as all may is waited
   * for.
   *
   * @param bytes that it keeps in memory until it is done
   */
  void add(long bytes, Write write) throws IOException {
    int places = (int) Math.min(MOST, 1 + bytes / LARGE);
    add(places, write);
    if (places == MOST) {
      settle();
    }
  }

  private synchronized void add(int places, Write write) throws IOException {
    if (last.isCompletedExceptionally()) {
      settle();
    }
    room.acquireUninterruptibly(places);
    last =
        last.thenRunAsync(() -> run(write), thread)
            .whenComplete((nothing, fault) -> room.release(places));
  }

  /** Waits until all is written; for writes of this queue themselves it is. */
  void settle() throws IOException {
    if (writing.get()) {
      return;
    }
    CompletableFuture<@Nullable Void> all;
    synchronized (this) {
      all = last;
    }
    try {
      all.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while files were written", e);
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
      thread.shutdown();
    }
  }

  private void run(Write write) {
    writing.set(true);
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } finally {
      writing.remove();
    }
  }
}
