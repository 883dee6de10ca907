package io.rankline.pipeline.input.shard;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is done to each list after it is decoded. Lists of equal layout share one layout object, so
 * that kept lists take no memory for theirs. Safe for use by several threads.
 */
public final class ListStep implements UnaryOperator<RankingList> {

  private final UnaryOperator<RankingList> prepare;
  private final UnaryOperator<RankingList> transform;
  private volatile @Nullable ListLayout raw;
  private volatile @Nullable ListLayout transformed;

  /**
   * A step.
   *
   * @param prepare the data set's own
   * @param transform the model's
   */
  public ListStep(UnaryOperator<RankingList> prepare, UnaryOperator<RankingList> transform) {
    this.prepare = prepare;
    this.transform = transform;
  }

  @Override
  public RankingList apply(RankingList decoded) {
    RankingList list = prepare.apply(decoded);
    RankingList shared = withLayout(list, raw);
    raw = shared.layout();
    RankingList result = withLayout(transform.apply(shared), transformed);
    transformed = result.layout();
    return result;
  }

  private static RankingList withLayout(RankingList list, @Nullable ListLayout known) {
    if (known == null || !known.equals(list.layout())) {
      return list;
    }
    return new RankingList(
        known,
        list.size(),
        list.originalSize(),
        list.context(),
        list.examples(),
        list.labels(),
        list.weights(),
        list.contextColumns(),
        list.exampleColumns());
  }
}
