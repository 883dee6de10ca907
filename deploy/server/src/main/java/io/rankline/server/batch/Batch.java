package io.rankline.server.batch;

import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/** Lists of requests that are scored together. */
final class Batch {

  private final BatchQueue queue;
  private final long deadline;
  private final List<Task> tasks = new ArrayList<>();
  private int size;

  /** The lists of a request, and where its scores go. */
  private record Task(
      List<RankingList> lists, CompletableFuture<List<SortedMap<String, float[]>>> scores) {

    void score(ListScorer scorer) {
      try {
        scores.complete(scorer.scores(lists));
      } catch (RuntimeException | Error e) {
        scores.completeExceptionally(e);
      }
    }
  }

  /**
   * An empty batch.
   *
   * @param deadline by {@link System#nanoTime}, from which on it waits for no further request
   */
  Batch(BatchQueue queue, long deadline) {
    this.queue = queue;
    this.deadline = deadline;
  }

  BatchQueue queue() {
    return queue;
  }

  long deadline() {
    return deadline;
  }

  int size() {
    return size;
  }

  int requests() {
    return tasks.size();
  }

  /** Whether so many more lists may be scored with those that are there. */
  boolean hasRoomFor(int lists, int most) {
    return tasks.isEmpty() || size + lists <= most;
  }

  CompletableFuture<List<SortedMap<String, float[]>>> add(List<RankingList> lists) {
    Task task = new Task(lists, new CompletableFuture<>());
    tasks.add(task);
    size += lists.size();
    return task.scores();
  }

  /** Scores all; a request that cannot be scored fails by itself. */
  void score(ListScorer scorer) {
    if (tasks.size() == 1) {
      tasks.get(0).score(scorer);
      return;
    }
    List<RankingList> all = new ArrayList<>(size);
    tasks.forEach(task -> all.addAll(task.lists()));
    List<SortedMap<String, float[]>> scores;
    try {
      scores = scorer.scores(all);
    } catch (RuntimeException | Error e) {
      tasks.forEach(task -> task.score(scorer));
      return;
    }
    int at = 0;
    for (Task task : tasks) {
      task.scores().complete(scores.subList(at, at + task.lists().size()));
      at += task.lists().size();
    }
  }

  void fail(RuntimeException why) {
    tasks.forEach(task -> task.scores().completeExceptionally(why));
  }
}
