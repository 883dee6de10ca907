package io.rankline.pipeline.input;

import io.rankline.pipeline.input.pass.ListFlow;
import io.rankline.pipeline.input.pass.PassPlan;
import io.rankline.pipeline.input.pass.ReadingContext;
import io.rankline.pipeline.input.shard.InputSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Batches that are made ahead on threads of their own. One thread decides on the order of lists and
 * makes batches; the others read and parse. To be used by one thread.
 */
final class PrefetchedBatches<B> implements BatchStream<B> {

  /** How long reads that are under way may take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReadingContext context;
  private final InputSettings settings;
  private final BatchForm<B> form;
  private final ExecutorService readers;
  private final BlockingQueue<Ready<B>> queue;
  private final Thread maker;
  private volatile boolean closed;
  private long waitedNanos;

  /** The end of the stream, once it came. */
  private @Nullable Ready<B> end;

  PrefetchedBatches(
      ReadingContext context, InputSettings settings, BatchForm<B> form, long firstStep) {
    this.context = context;
    this.settings = settings;
    this.form = form;
    this.queue = new ArrayBlockingQueue<>(settings.hparams().prefetchBatches());
    AtomicInteger number = new AtomicInteger();
    this.readers =
        Executors.newFixedThreadPool(
            settings.threads(),
            task -> daemon(task, "rankline-reader-" + number.incrementAndGet()));
    this.maker = daemon(() -> makeBatches(firstStep), "rankline-batches");
    maker.start();
  }

  /**
   * The next batch, or null at the end.
   *
   * @throws IOException if the data cannot be read; names the file and the record
   * @throws InterruptedIOException if the thread is interrupted while it waits
   * @throws IllegalStateException after {@link #close}, or for a fault that is not the data's
   */
  @Override
  public @Nullable B next() throws IOException {
    if (closed) {
      throw new IllegalStateException("the stream of batches is closed");
    }
    Ready<B> ready = end == null ? take() : end;
    if (ready.batch() == null) {
      end = ready;
    }
    if (ready.fault() != null) {
      throw asIoException(ready.fault());
    }
    return ready.batch();
  }

  @Override
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  @Override
  public long skippedRecords() {
    return context.skippedRecords();
  }

  /** Ends the threads and closes their files. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    maker.interrupt();
    boolean interrupted = false;
    try {
      maker.join(PATIENCE.toMillis());
      readers.shutdown();
      if (!readers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        readers.shutdownNow();
      }
    } catch (InterruptedException e) {
      readers.shutdownNow();
      interrupted = true;
    }
    queue.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Ready<B> take() throws InterruptedIOException {
    Ready<B> ready = queue.poll();
    if (ready != null) {
      return ready;
    }
    long from = System.nanoTime();
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped =
          new InterruptedIOException("interrupted while waiting for a batch");
      stopped.initCause(e);
      throw stopped;
    } finally {
      waitedNanos += System.nanoTime() - from;
    }
  }

  private void makeBatches(long firstStep) {
    try {
      queue.put(made(firstStep));
    } catch (InterruptedException e) {
      // Closed: nobody waits for the end.
      Thread.currentThread().interrupt();
    }
  }

  /** Puts batches into the queue; returns what comes after the last one. */
  private Ready<B> made(long firstStep) throws InterruptedException {
    PassPlan plan = new PassPlan(context, settings, readers);
    long skip = Math.multiplyExact(firstStep, (long) settings.batchSize());
    try (ListFlow lists = new ListFlow(plan, settings, context.shards(), skip)) {
      BatchMaker<B> batches = new BatchMaker<>(settings, form, firstStep);
      B batch;
      while (!closed && (batch = batches.next(lists)) != null) {
        queue.put(new Ready<>(batch, null));
      }
      return new Ready<>(null, null);
    } catch (IOException | RuntimeException | Error e) {
      return new Ready<>(null, e);
    }
  }

  private static IOException asIoException(Throwable fault) {
    if (fault instanceof IOException io) {
      return io;
    }
    throw new IllegalStateException("batches cannot be made: " + fault.getMessage(), fault);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What is in the queue.
   *
   * @param batch null for the end
   * @param fault what ended it, or null
   */
  private record Ready<B>(@Nullable B batch, @Nullable Throwable fault) {}
}
