package io.rankline.loss;

import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossTotals;
import io.rankline.text.KnownNames;
import io.rankline.text.WireNames;
import java.util.List;
import java.util.Locale;

/**
 * How the weighted elements of a batch become one number: their sum, divided by a denominator that
 * carries no gradient. A denominator of 0 gives 0.
 */
public enum Reduction {
  /**
   * Keras' default: B * L for pointwise and pairwise losses, where pairs are summed over the second
   * item and padded positions count, B for listwise ones; times the number of samples of a loss
   * that samples.
   */
  AUTO,

  /** 1. */
  SUM,

  /** Sum of the weights of all elements. */
  MEAN,

  /** Number of elements whose weight is not 0; the default of TF-Ranking's {@code make_loss_fn}. */
  SUM_BY_NONZERO_WEIGHTS,

  /** The same as {@link #AUTO}: the name that Keras gives it. */
  SUM_OVER_BATCH_SIZE,

  /**
   * What TF-Ranking's estimator losses call {@code SUM_OVER_BATCH_SIZE}: like {@link #AUTO}, but B
   * * L * L for pairwise losses.
   */
  SUM_OVER_ELEMENTS;

  /** The name in configuration: {@code sum_by_nonzero_weights}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The reduction of a name, in either case; {@code sum_over_nonzero_weights} is an alias of {@link
   * #SUM_BY_NONZERO_WEIGHTS}.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static Reduction ofWireName(String wireName) {
    String name = wireName.toLowerCase(Locale.ROOT);
    if (name.equals("sum_over_nonzero_weights")) {
      return SUM_BY_NONZERO_WEIGHTS;
    }
    return WireNames.find(
        Reduction.class,
        Reduction::wireName,
        name,
        known -> refusal(wireName, name, KnownNames.nearestFirst(name, known)));
  }

  private static String refusal(String wireName, String name, List<String> known) {
    return name.equals("none")
        ? "reduction none gives no single number to train on; use LossObjective.unreduced, or one"
            + " of "
            + String.join(", ", known)
        : WireNames.unknown("reduction", wireName, known);
  }

  /** Whether the denominator depends on the weights of single elements. */
  boolean readsWeights() {
    return this == MEAN || this == SUM_BY_NONZERO_WEIGHTS;
  }

  double denominator(
      LossFamily family, double elementsPerList, LossBatch batch, LossTotals totals) {
    double rows = elementsPerList * batch.lists();
    double length = batch.listSize();
    return switch (this) {
      case SUM -> 1;
      case MEAN -> totals.weightSum();
      case SUM_BY_NONZERO_WEIGHTS -> totals.nonzeroWeights();
      case AUTO, SUM_OVER_BATCH_SIZE ->
          switch (family) {
            case POINTWISE, PAIRWISE -> rows * length;
            case LISTWISE -> rows;
          };
      case SUM_OVER_ELEMENTS ->
          switch (family) {
            case POINTWISE -> rows * length;
            case PAIRWISE -> rows * length * length;
            case LISTWISE -> rows;
          };
    };
  }
}
