package io.rankline.spark.scoring;

import io.rankline.data.RankingList;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of lists and their scores, some thousand items at a time.
 *
 * @param <L> a list with what its results need besides
 * @param <R> a result
 */
public abstract class BatchScorer<L extends BatchScorer.Scorable, R> implements Iterator<R> {

  /** Enough for the network to be busy, and few enough to hold. */
  protected static final int ITEMS_AT_A_TIME = 4096;

  private final SavedRankingModel model;
  private final List<String> tasks;
  private final Queue<R> ready = new ArrayDeque<>();

  /** What a model scores. */
  public interface Scorable {
    /** The items, as the model's requests have them. */
    RankingList list();
  }

  /**
   * A scorer.
   *
   * @param model that no other task uses
   * @param tasks whose scores are asked for
   */
  protected BatchScorer(SavedRankingModel model, List<String> tasks) {
    this.model = model;
    this.tasks = tasks;
  }

  /** The next list; null at the end. */
  protected abstract @Nullable L read() throws IOException;

  /**
   * Makes results of a list.
   *
   * @param scores by task and item
   */
  protected abstract void results(L of, float[][] scores, Consumer<R> to);

  /** What an item is called in a message. */
  protected abstract String nameOf(L list, int item);

  @Override
  public final boolean hasNext() {
    try {
      while (ready.isEmpty() && scoreSome()) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return !ready.isEmpty();
  }

  @Override
  public final R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Whether there was a list. */
  private boolean scoreSome() throws IOException {
    List<L> lists = new ArrayList<>();
    int items = 0;
    L list = null;
    while (items < ITEMS_AT_A_TIME && (list = read()) != null) {
      lists.add(list);
      items += Math.max(1, list.list().size());
    }
    List<SortedMap<String, float[]>> found =
        lists.isEmpty() ? List.of() : model.predictAll(lists.stream().map(Scorable::list).toList());
    for (int k = 0; k < lists.size(); k++) {
      results(lists.get(k), scores(lists.get(k), found.get(k)), ready::add);
    }
    return list != null;
  }

  private float[][] scores(L list, SortedMap<String, float[]> found) {
    float[][] scores = new float[tasks.size()][];
    for (int t = 0; t < scores.length; t++) {
      float[] ofTask = found.get(tasks.get(t));
      if (ofTask == null || ofTask.length != list.list().size()) {
        throw new IllegalArgumentException(
            "the model has several scores an item, which are no ranking");
      }
      for (int item = 0; item < ofTask.length; item++) {
        if (!Float.isFinite(ofTask[item])) {
          throw new IllegalArgumentException(
              "%s: its score is %s; its features, or the model, are too large"
                  .formatted(nameOf(list, item), ofTask[item]));
        }
      }
      scores[t] = ofTask;
    }
    return scores;
  }
}
