package io.rankline.server.batch;

import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The batches of one scorer that wait, the oldest first; guarded by the scheduler. */
final class BatchQueue implements ListScorer {

  private final BatchScheduler scheduler;
  private final ListScorer scorer;
  private final Deque<Batch> waiting = new ArrayDeque<>();

  BatchQueue(BatchScheduler scheduler, ListScorer scorer) {
    this.scheduler = scheduler;
    this.scorer = scorer;
  }

  /**
   * Waits until a batch with these lists has been scored; the bits are those of the lists alone.
   *
   * @throws QueueFullException if as many batches wait as may
   */
  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    if (raw.isEmpty()) {
      return List.of();
    }
    CompletableFuture<List<SortedMap<String, float[]>>> scores = scheduler.enqueue(this, raw);
    try {
      return scores.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  int requestsWaiting() {
    return scheduler.requestsWaiting(this);
  }

  Deque<Batch> waiting() {
    return waiting;
  }

  ListScorer scorer() {
    return scorer;
  }
}
