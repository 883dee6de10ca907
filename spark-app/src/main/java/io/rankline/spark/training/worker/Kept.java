package io.rankline.spark.training.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this process keeps between the stages of a training, for each of its workers: making it
 * costs more than a short epoch. It is lent to one task at a time.
 */
final class Kept<T> {

  private final Map<Key, T> idle = new LinkedHashMap<>();
  private final int most;
  private final Consumer<T> end;

  private record Key(String session, int rank) {}

  /**
   * Nothing yet.
   *
   * @param most how many are kept
   * @param end called with what is kept no longer
   */
  Kept(int most, Consumer<T> end) {
    this.most = most;
    this.end = end;
  }

  /** What that rank of the training gave back; null if there is none. */
  @Nullable T take(String session, int rank) {
    T taken;
    List<T> over;
    synchronized (idle) {
      // A training that is over may leave its own behind: it goes as soon as another one begins.
      over = removed(entry -> !entry.getKey().session().equals(session));
      taken = idle.remove(new Key(session, rank));
    }
    over.forEach(end);
    return taken;
  }

  /** Keeps what is as it should be. */
  void giveBack(String session, int rank, T lent) {
    List<T> over = new ArrayList<>();
    synchronized (idle) {
      T before = idle.put(new Key(session, rank), lent);
      if (before != null) {
        over.add(before);
      }
      Iterator<T> oldest = idle.values().iterator();
      while (idle.size() > most) {
        over.add(oldest.next());
        oldest.remove();
      }
    }
    over.forEach(end);
  }

  /** Ends those that nobody has and that are like this. */
  void endIf(Predicate<T> over) {
    List<T> ended;
    synchronized (idle) {
      ended = removed(entry -> over.test(entry.getValue()));
    }
    ended.forEach(end);
  }

  /** How many nobody has. */
  int idle() {
    synchronized (idle) {
      return idle.size();
    }
  }

  private List<T> removed(Predicate<Map.Entry<Key, T>> which) {
    List<T> removed = new ArrayList<>();
    for (Iterator<Map.Entry<Key, T>> each = idle.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Key, T> entry = each.next();
      if (which.test(entry)) {
        removed.add(entry.getValue());
        each.remove();
      }
    }
    return removed;
  }
}
