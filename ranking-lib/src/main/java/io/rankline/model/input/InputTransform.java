package io.rankline.model.input;

import io.rankline.data.ListBatch;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the plan of a model's inputs on lists: applies transforms and looks up tokens.
 *
 * <p>Lists may be transformed one by one, before they are cached, or batch by batch; the numbers
 * are the same bits. Safe for use by several threads at once.
 */
public final class InputTransform implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int[] CONTEXT_ROW = {0};

  private final EncodedInputs plan;
  private transient volatile @Nullable LayoutEncoder last;

  /** The transform of a plan. */
  public InputTransform(EncodedInputs plan) {
    this.plan = plan;
  }

  /**
   * A list as the model reads it: dense blocks after transforms, and ids for tokens. Labels and
   * weights stay.
   *
   * @throws IllegalArgumentException for a missing value without default, or a value that cannot be
   *     encoded; names the feature
   */
  public RankingList apply(RankingList raw) {
    LayoutEncoder encoder = encoder(raw.layout());
    int[] items = IntStream.range(0, raw.size()).toArray();
    return new RankingList(
        encoder.layout(),
        raw.size(),
        raw.originalSize(),
        encoder.context(raw.context(), raw.contextColumns(), CONTEXT_ROW),
        encoder.examples(
            raw.examples(), raw.exampleColumns(), items, new int[] {0, items.length}, raw.size()),
        raw.labels(),
        raw.weights(),
        encoder.contextIds(raw.contextColumns(), CONTEXT_ROW),
        encoder.exampleIds(raw.exampleColumns(), items, raw.size()));
  }

  /** A batch as the model reads it, as {@link #apply(RankingList)}; padding is 0 and has no id. */
  public ListBatch apply(ListBatch raw) {
    LayoutEncoder encoder = encoder(raw.layout());
    int[] lists = IntStream.range(0, raw.batchSize()).toArray();
    int[] items = IntStream.range(0, raw.mask().length).filter(i -> raw.mask()[i]).toArray();
    int slots = raw.batchSize() * raw.listSize();
    return new ListBatch(
        encoder.layout(),
        raw.batchSize(),
        raw.listSize(),
        encoder.context(raw.context(), raw.contextColumns(), lists),
        encoder.examples(raw.examples(), raw.exampleColumns(), items, starts(raw), slots),
        raw.mask(),
        raw.sizes(),
        raw.labels(),
        raw.weights(),
        encoder.contextIds(raw.contextColumns(), lists),
        encoder.exampleIds(raw.exampleColumns(), items, slots));
  }

  /** Where the items of each list start among all items of a batch, and their number. */
  private static int[] starts(ListBatch batch) {
    int[] starts = new int[batch.batchSize() + 1];
    for (int q = 0; q < batch.batchSize(); q++) {
      starts[q + 1] = starts[q];
      for (int i = q * batch.listSize(); i < (q + 1) * batch.listSize(); i++) {
        starts[q + 1] += batch.mask()[i] ? 1 : 0;
      }
    }
    return starts;
  }

  private LayoutEncoder encoder(ListLayout raw) {
    LayoutEncoder known = last;
    if (known == null || !known.raw().equals(raw)) {
      known = LayoutEncoder.of(plan, raw);
      last = known;
    }
    return known;
  }
}
