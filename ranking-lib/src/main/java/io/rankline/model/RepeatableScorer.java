package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.model.scorer.ScoringScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores with a network as DL4J computes it, for those with layers that plain Java does not know.
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
final class RepeatableScorer implements ListScorer {

  private final RankingModel model;
  private final ListBatcher batcher = new ListBatcher(ListSize.ALL);
  private @Nullable BlockSizes blocks;

  /** Scores with this model, which must not be trained meanwhile. */
  RepeatableScorer(RankingModel model) {
    this.model = model;
  }

  @Override
  public synchronized List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    List<RankingList> transformed = raw.stream().map(model.encoder()::transform).toList();
    List<SortedMap<String, float[]>> scores = TaskScores.room(model.tasks(), transformed);
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
