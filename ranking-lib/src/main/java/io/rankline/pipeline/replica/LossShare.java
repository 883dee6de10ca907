package io.rankline.pipeline.replica;

import io.rankline.loss.Reduction;
import io.rankline.loss.WeightedLoss;
import io.rankline.loss.form.LossFamily;
import io.rankline.model.RankingModel;
import io.rankline.model.layer.loss.ReplicatedLoss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the gradient of one replica counts in that of all: as much as its part of what the
 * reduction divides by, so that replicas together compute what one would on the whole batch.
 *
 * <p>That is exact where all losses divide by the number of lists or of places in the batch, by
 * nothing, or where there is one loss alone. A sum of losses that each divide by a number of their
 * own, found in the data, has no one number to share by; the number of lists is taken.
 */
final class LossShare {

  private static final Logger LOG = LoggerFactory.getLogger(LossShare.class);

  private enum By {
    NOTHING,
    LISTS,
    DENOMINATOR
  }

  private final List<ReplicatedLoss> losses;
  private final By by;
  private final boolean needsCommonLength;

  LossShare(RankingModel model) {
    List<ReplicatedLoss> found = new ArrayList<>();
    for (int k = 0; k < model.graph().getNumOutputArrays(); k++) {
      if (model.graph().getOutputLayer(k) instanceof ReplicatedLoss loss) {
        found.add(loss);
      }
    }
    this.losses = List.copyOf(found);
    boolean sums = true;
    boolean counts = true;
    boolean listwise = true;
    int terms = 0;
    for (ReplicatedLoss loss : losses) {
      Reduction reduction = loss.objective().reduction();
      sums &= reduction == Reduction.SUM;
      counts &= reduction != Reduction.MEAN && reduction != Reduction.SUM_BY_NONZERO_WEIGHTS;
      for (WeightedLoss term : loss.objective().terms()) {
        listwise &= term.loss().family() == LossFamily.LISTWISE;
        terms++;
      }
    }
    boolean mixed = counts && !sums && losses.stream().anyMatch(LossShare::isSum);
    if (!losses.isEmpty() && sums) {
      by = By.NOTHING;
    } else if (terms == 1 && !counts) {
      by = By.DENOMINATOR;
    } else {
      by = By.LISTS;
      if (!counts || mixed) {
        LOG.warn(
            "the losses divide by different numbers: replicas are averaged by their lists, which"
                + " is close to, but not exactly, one large batch");
      }
    }
    needsCommonLength = counts && !sums && !listwise;
  }

  /** Whether lists have to be padded to one length on all replicas. */
  boolean needsCommonLength() {
    return needsCommonLength;
  }

  /** Whether gradients add up, in place of being averaged. */
  boolean adds() {
    return by == By.NOTHING;
  }

  /** Says which lists of the whole batch the share holds; null where it is the whole batch. */
  void listNumbers(long @Nullable [] numbers) {
    losses.forEach(loss -> loss.listNumbers(numbers));
  }

  /**
   * The weight of the last gradient.
   *
   * @param lists of the share
   */
  double weight(int lists) {
    return switch (by) {
      case NOTHING -> 1;
      case LISTS -> lists;
      case DENOMINATOR -> losses.get(0).denominators()[0];
    };
  }

  private static boolean isSum(ReplicatedLoss loss) {
    return loss.objective().reduction() == Reduction.SUM;
  }
}
