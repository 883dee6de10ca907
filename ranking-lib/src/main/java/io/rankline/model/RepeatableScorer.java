package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.model.input.BatchEncoder;
import io.rankline.model.scorer.ScoringScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores with a model so that the same input gives the same bits, whatever else is scored with it.
 *
 * <p>BLAS rounds a row of a product differently with the number of rows, and with some processors'
 * kernels even with the place of the row. So where an item's score depends on the item alone, items
 * go through the network in blocks of the sizes that {@link BlockSizes} finds to treat all places
 * alike; and where it depends on the list, each list goes through by itself. Training and serving,
 * and a list and its items one by one, then agree to the bit on one machine.
 *
 * <p>Safe for use by several threads, which wait for each other: the network has one set of
 * buffers, and its products use all cores.
 */
public final class RepeatableScorer {

  private final RankingModel model;
  private final ListBatcher batcher = new ListBatcher(ListSize.ALL);
  private @Nullable BlockSizes blocks;

  /** Scores with this model, which must not be trained meanwhile. */
  public RepeatableScorer(RankingModel model) {
    this.model = model;
  }

  /** As {@link #scoresTransformed}, of lists as they are read. */
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    List<RankingList> transformed = new ArrayList<>(raw.size());
    for (RankingList list : raw) {
      transformed.add(model.encoder().transform(list));
    }
    return scoresTransformed(transformed);
  }

  /**
   * Scores of the items of each list for each task.
   *
   * @param transformed as {@link BatchEncoder#transform} makes them, all of one layout
   * @return for each list by task, [N], or [N, M] for losses of M scores an item
   */
  public synchronized List<SortedMap<String, float[]>> scoresTransformed(
      List<RankingList> transformed) {
    List<SortedMap<String, float[]>> scores = new ArrayList<>(transformed.size());
    for (RankingList list : transformed) {
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      model
          .tasks()
          .forEach((task, loss) -> ofTasks.put(task, new float[list.size() * loss.scoresOfItem()]));
      scores.add(ofTasks);
    }
    if (model.scope() == ScoringScope.ITEM) {
      scoreItems(transformed, scores);
    } else {
      for (int q = 0; q < transformed.size(); q++) {
        if (transformed.get(q).size() > 0) {
          scoreList(transformed.get(q), scores.get(q));
        }
      }
    }
    return Collections.unmodifiableList(scores);
  }

  private void scoreList(RankingList list, SortedMap<String, float[]> scores) {
    SortedMap<String, float[]> found = output(batcher.batch(List.of(list)));
    found.forEach((task, values) -> copy(values, 0, scores, task, 0, values.length));
  }

  private void scoreItems(List<RankingList> lists, List<SortedMap<String, float[]>> scores) {
    List<RankingList> items = new ArrayList<>();
    List<SortedMap<String, float[]>> targets = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int q = 0; q < lists.size(); q++) {
      for (int i = 0; i < lists.get(q).size(); i++) {
        items.add(lists.get(q).select(new int[] {i}));
        targets.add(scores.get(q));
        places.add(i);
      }
    }
    if (items.isEmpty()) {
      return;
    }
    BlockSizes sizes = blocks;
    if (sizes == null) {
      sizes = new BlockSizes(model, items.get(0));
      blocks = sizes;
    }
    int block;
    for (int from = 0; from < items.size(); from += block) {
      block = sizes.of(items.size() - from);
      int count = Math.min(block, items.size() - from);
      List<RankingList> rows = new ArrayList<>(items.subList(from, from + count));
      rows.addAll(Collections.nCopies(block - count, rows.get(0)));
      int start = from;
      output(batcher.batch(rows))
          .forEach(
              (task, values) -> {
                int each = values.length / rows.size();
                for (int k = 0; k < count; k++) {
                  int place = places.get(start + k) * each;
                  copy(values, k * each, targets.get(start + k), task, place, each);
                }
              });
    }
  }

  private SortedMap<String, float[]> output(ListBatch batch) {
    INDArray[] outputs = model.graph().output(model.encoder().inputs(batch));
    SortedMap<String, float[]> scores = new TreeMap<>();
    int k = 0;
    for (String task : model.tasks().keySet()) {
      INDArray logits = outputs[k++];
      scores.put(task, logits.reshape(logits.length()).toFloatVector());
    }
    return scores;
  }

  private static void copy(
      float[] values, int from, SortedMap<String, float[]> scores, String task, int to, int count) {
    float[] target = scores.get(task);
    if (target != null) {
      System.arraycopy(values, from, target, to, count);
    }
  }
}
