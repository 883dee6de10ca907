package io.rankline.spark.scoring;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.SavedRankingModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.stream.IntStream;
import scala.Tuple2;

/** Scores the lists of a partition, some at a time. */
final class ListScorer implements Iterator<ScoredList> {

  /** Enough for the network to be busy, and few enough to hold. */
  private static final int LISTS_AT_A_TIME = 64;

  private static final int ITEMS_AT_A_TIME = 8192;

  private final Iterator<Tuple2<String, byte[]>> lists;
  private final SavedRankingModel model;
  private final ScoringPlan plan;
  private final ScoringCounts counts;
  private final RecordDecoder decoder;
  private final Deque<ScoredList> scored = new ArrayDeque<>();

  ListScorer(
      Iterator<Tuple2<String, byte[]>> lists,
      SavedRankingModel model,
      ScoringPlan plan,
      ScoringCounts counts) {
    this.lists = lists;
    this.model = model;
    this.plan = plan;
    this.counts = counts;
    this.decoder = RecordFormat.ELWC.decoder(model.requests());
  }

  @Override
  public boolean hasNext() {
    while (scored.isEmpty() && lists.hasNext()) {
      scoreSome();
    }
    return !scored.isEmpty();
  }

  @Override
  public ScoredList next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return scored.remove();
  }

  private void scoreSome() {
    List<String> queries = new ArrayList<>();
    List<ScoredItems> items = new ArrayList<>();
    List<RankingList> waiting = new ArrayList<>();
    int rows = 0;
    while (lists.hasNext() && waiting.size() < LISTS_AT_A_TIME && rows < ITEMS_AT_A_TIME) {
      Tuple2<String, byte[]> list = lists.next();
      try {
        RankingList decoded = decoder.decode(list._2);
        ScoredItems named = new ScoredItems(list._2, plan.itemColumns());
        queries.add(list._1);
        items.add(named);
        waiting.add(decoded);
        rows += decoded.size();
      } catch (CorruptRecordException fault) {
        counts.reject(list._1, fault);
      }
    }
    List<SortedMap<String, float[]>> found = model.predictAll(waiting);
    for (int q = 0; q < waiting.size(); q++) {
      counts.scored(waiting.get(q).size());
      scored.add(scored(queries.get(q), items.get(q), found.get(q), waiting.get(q).size()));
    }
  }

  private ScoredList scored(
      String query, ScoredItems items, SortedMap<String, float[]> found, int size) {
    float[][] scores = new float[plan.tasks().size()][];
    int[][] ranks = new int[scores.length][];
    int[] order = new int[0];
    for (int t = 0; t < scores.length; t++) {
      float[] ofTask = found.get(plan.tasks().get(t));
      if (ofTask == null || ofTask.length != size) {
        throw new IllegalArgumentException(
            "the model has several scores an item, which are no ranking");
      }
      requireFinite(query, ofTask);
      int[] byScore = order(ofTask);
      scores[t] = ofTask;
      ranks[t] = new int[size];
      for (int r = 0; r < size; r++) {
        ranks[t][byScore[r]] = r + 1;
      }
      order = t == 0 ? byScore : order;
    }
    int kept = plan.topK() == 0 ? size : Math.min(plan.topK(), size);
    return new ScoredList(query, items, scores, ranks, Arrays.copyOf(order, kept));
  }

  /** Places by falling score; equal scores keep their order. */
  private static int[] order(float[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer place) -> -scores[place]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void requireFinite(String query, float[] scores) {
    for (int i = 0; i < scores.length; i++) {
      if (!Float.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            "query '%s': the score of item %d is %s; its features, or the model, are too large"
                .formatted(query, i, scores[i]));
      }
    }
  }
}
