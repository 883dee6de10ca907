package io.rankline.server.batch;

import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Threads that score the lists of several requests together. A batch is taken when it is full, or
 * when its first request has waited long enough; while all threads are busy it goes on growing.
 */
public final class BatchScheduler implements AutoCloseable {

  private final BatchSettings settings;

  /** Batches of all scorers, the oldest first. */
  private final Deque<Batch> waiting = new ArrayDeque<>();

  private boolean closed;

  /** A scheduler whose threads wait for work. */
  public BatchScheduler(BatchSettings settings) {
    this.settings = settings;
    for (int i = 1; i <= settings.numBatchThreads(); i++) {
      Thread thread = new Thread(this::work, "batch-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * The same scorer, for callers on many threads whose lists become batches; they are of one
   * layout, as those of one model are.
   */
  public ListScorer batching(ListScorer scorer) {
    return new BatchQueue(this, scorer);
  }

  synchronized CompletableFuture<List<SortedMap<String, float[]>>> enqueue(
      BatchQueue queue, List<RankingList> lists) {
    if (closed) {
      throw new IllegalStateException("the server ends");
    }
    Batch last = queue.waiting().peekLast();
    if (last == null || !last.hasRoomFor(lists.size(), settings.maxBatchSize())) {
      if (queue.waiting().size() == settings.maxEnqueuedBatches()) {
        throw new QueueFullException(
            "%s batches are waiting, as many as may (max_enqueued_batches); try again later"
                .formatted(settings.maxEnqueuedBatches()));
      }
      last = new Batch(queue, System.nanoTime() + 1000 * settings.batchTimeoutMicros());
      queue.waiting().addLast(last);
      waiting.addLast(last);
    }
    CompletableFuture<List<SortedMap<String, float[]>>> scores = last.add(lists);
    notifyAll(); // a thread sleeps until a deadline, which may be that of another batch
    return scores;
  }

  /** Requests in batches of a queue that no thread has taken. */
  synchronized int requestsWaiting(BatchQueue queue) {
    return queue.waiting().stream().mapToInt(Batch::requests).sum();
  }

  private void work() {
    while (true) {
      Batch batch;
      try {
        batch = take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (batch == null) {
        return;
      }
      batch.score(batch.queue().scorer());
    }
  }

  /** The oldest batch that waits no longer; null at the end. */
  private synchronized @Nullable Batch take() throws InterruptedException {
    while (!closed) {
      long now = System.nanoTime();
      long soonest = Long.MAX_VALUE;
      for (Iterator<Batch> each = waiting.iterator(); each.hasNext(); ) {
        Batch batch = each.next();
        long left = isFull(batch) ? 0 : batch.deadline() - now;
        if (left <= 0) {
          each.remove();
          batch.queue().waiting().remove(batch);
          return batch;
        }
        soonest = Math.min(soonest, left);
      }
      if (soonest == Long.MAX_VALUE) {
        wait();
      } else {
        wait(soonest / 1_000_000, (int) (soonest % 1_000_000));
      }
    }
    return null;
  }

  /** Nothing is added any more to one that has as much as may be, or a younger one behind it. */
  private boolean isFull(Batch batch) {
    return batch.size() >= settings.maxBatchSize() || batch.queue().waiting().peekLast() != batch;
  }

  /** Fails what waits, and ends the threads. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.forEach(batch -> batch.fail(new IllegalStateException("the server ends")));
    waiting.clear();
    notifyAll();
  }
}
