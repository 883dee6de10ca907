package io.rankline.spark.scoring;

import io.rankline.data.ItemOrder;
import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.SavedRankingModel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Scores and ranks of the lists of a partition, which are ELWC records. */
final class RecordScorer extends BatchScorer<RecordScorer.Unscored, ScoredList> {

  private final Iterator<Tuple2<String, byte[]>> lists;
  private final ScoringPlan plan;
  private final ScoringCounts counts;
  private final RecordDecoder decoder;
  private final ItemOrder order = new ItemOrder();

  /** A list, its query, and what names its items. */
  record Unscored(String query, ScoredItems items, RankingList list) implements Scorable {}

  RecordScorer(
      Iterator<Tuple2<String, byte[]>> lists,
      SavedRankingModel model,
      ScoringPlan plan,
      ScoringCounts counts) {
    super(model, plan.tasks());
    this.lists = lists;
    this.plan = plan;
    this.counts = counts;
    this.decoder = RecordFormat.ELWC.decoder(model.requests());
  }

  @Override
  protected @Nullable Unscored read() {
    while (lists.hasNext()) {
      Tuple2<String, byte[]> list = lists.next();
      try {
        RankingList decoded = decoder.decode(list._2);
        return new Unscored(list._1, new ScoredItems(list._2, plan.itemColumns()), decoded);
      } catch (CorruptRecordException fault) {
        counts.reject(list._1, fault);
      }
    }
    return null;
  }

  @Override
  protected void results(Unscored record, float[][] scores, Consumer<ScoredList> to) {
    int size = record.list().size();
    int[][] ranks = new int[scores.length][size];
    int[] best = new int[0];
    for (int t = scores.length - 1; t >= 0; t--) {
      best = order(scores[t]);
      for (int r = 0; r < size; r++) {
        ranks[t][best[r]] = r + 1;
      }
    }
    counts.scored(size, record.items());
    int kept = plan.topK() == 0 ? size : Math.min(plan.topK(), size);
    to.accept(
        new ScoredList(record.query(), record.items(), scores, ranks, Arrays.copyOf(best, kept)));
  }

  @Override
  protected String nameOf(Unscored record, int item) {
    return "query '%s', item %s".formatted(record.query(), item);
  }

  /** Places by falling score, more may follow; equal scores keep their order. */
  private int[] order(float[] scores) {
    double[] keys = new double[scores.length];
    Arrays.setAll(keys, item -> scores[item]);
    return order.descending(keys, keys.length);
  }
}
