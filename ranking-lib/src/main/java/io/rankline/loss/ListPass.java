package io.rankline.loss;

import io.rankline.loss.form.DecoratedLoss;
import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.pairwise.PairwiseLoss;
import io.rankline.loss.sampling.SampledLoss;
import org.jspecify.annotations.Nullable;

/** Puts the lists of one batch through one loss. */
final class ListPass {

  private final RankingLoss loss;

  /** What a loss that decorates another decorates, made once a batch. */
  private final @Nullable RankingLoss decorated;

  private final LossBatch batch;
  private final LossWorkspace workspace;
  private final LossFamily family;

  /** Scores are divided by this when a list is loaded. */
  private final double divisor;

  /** Sampled scores are divided by this; the sampler takes it off the gradient too. */
  private final double sampleDivisor;

  private ListPass(RankingLoss loss, LossBatch batch, LossWorkspace workspace, boolean inTraining) {
    this.loss = loss;
    this.batch = batch;
    this.workspace = workspace;
    decorated = loss instanceof DecoratedLoss decorator ? decorator.decorated() : null;
    RankingLoss formula = decorated == null ? loss : decorated;
    family = formula.family();
    double temperature = formula.temperatureUse().divisor(loss.temperature(), inTraining);
    boolean isSampled = loss instanceof SampledLoss;
    divisor = isSampled ? 1 : temperature;
    sampleDivisor = isSampled ? temperature : 1;
  }

  /** A pass as training makes it. */
  static ListPass training(RankingLoss loss, LossBatch batch, LossWorkspace workspace) {
    return new ListPass(loss, batch, workspace, true);
  }

  /** A pass for values of single lists, items or pairs. */
  static ListPass values(RankingLoss loss, LossBatch batch, LossWorkspace workspace) {
    return new ListPass(loss, batch, workspace, false);
  }

  /** S, how often each list is evaluated. */
  static int samples(RankingLoss loss) {
    return loss instanceof SampledLoss sampled ? sampled.sampler().sampleSize() : 1;
  }

  LossFamily family() {
    return family;
  }

  /** Leaves loss, weights and gradient of list {@code b} in the workspace's list. */
  LossList run(int b, boolean withWeights) {
    LossList list = load(b, withWeights);
    if (decorated == null) {
      loss.evaluate(list);
    } else {
      ((DecoratedLoss) loss).evaluate(list, decorated);
    }
    return list;
  }

  /** Puts the gradient of list {@code b}, by undivided scores, into that of the term. */
  void storeGradient(int b) {
    workspace.storeGradient(b, divisor);
  }

  private LossList load(int b, boolean withWeights) {
    workspace.load(batch, b, divisor, sampleDivisor, withWeights);
    if (family != LossFamily.LISTWISE && batch.mask() != null) {
      dropWeightsOfNegativeLabels(workspace.list);
    }
    return workspace.list;
  }

  UnreducedLoss unreduced() {
    int lists = batch.lists();
    int length = batch.listSize();
    int[] shape =
        switch (family) {
          case POINTWISE -> new int[] {lists, length};
          case PAIRWISE -> new int[] {lists, length, length};
          case LISTWISE -> new int[] {lists, 1};
        };
    int stride = Math.multiplyExact(shape[1], shape.length == 3 ? shape[2] : 1);
    double[] losses = new double[Math.multiplyExact(lists, stride)];
    double[] weights = new double[losses.length];
    for (int b = 0; b < lists; b++) {
      int start = b * stride;
      if ((decorated == null ? loss : decorated) instanceof PairwiseLoss pairwise) {
        pairwise.unreduced(load(b, false), losses, weights, start);
        continue;
      }
      LossList list = run(b, false);
      if (family == LossFamily.LISTWISE) {
        losses[start] = list.listLoss();
        weights[start] = list.listLossWeight();
        continue;
      }
      for (int i = 0; i < list.size(); i++) {
        losses[start + list.indices()[i]] = list.itemLosses()[i];
        weights[start + list.indices()[i]] = 1;
      }
    }
    return new UnreducedLoss(shape, losses, weights);
  }

  double[] normalizedWeights() {
    int lists = batch.lists();
    int length = batch.listSize();
    boolean listwise = family == LossFamily.LISTWISE;
    double[] weights = new double[listwise ? lists : lists * length];
    for (int b = 0; b < lists; b++) {
      LossList list = load(b, true);
      if (listwise) {
        weights[b] = list.weight();
        continue;
      }
      for (int i = 0; i < list.size(); i++) {
        weights[b * length + list.indices()[i]] = list.weights()[i];
      }
    }
    return weights;
  }

  /**
   * Sets the weight of items with a label below 0, which only a mask makes valid, to 0: pointwise
   * losses leave them out, pairwise ones have them as second items of a pair.
   */
  private static void dropWeightsOfNegativeLabels(LossList list) {
    for (int i = 0; i < list.size(); i++) {
      if (list.labels()[i] < 0) {
        list.weights()[i] = 0;
      }
    }
  }
}
