package io.rankline.loss;

import java.util.Arrays;

/** Puts one list of a batch through a loss: loading, sampling, the loss itself. */
final class ListPass {

  private ListPass() {}

  /**
   * Leaves loss, weights and gradient of list {@code b} in the workspace.
   *
   * @param withTemperature whether scores are divided by the temperature
   * @param withWeights whether item and list weights are read
   */
  static void run(
      RankingLoss loss,
      LossBatch batch,
      int b,
      LossWorkspace list,
      boolean withTemperature,
      boolean withWeights) {
    GumbelSampler sampler = loss.sampler();
    double temperature = withTemperature && !loss.dividesScoresItself() ? loss.temperature() : 1;
    if (sampler == null) {
      load(loss, batch, b, list, temperature, withWeights);
      loss.evaluate(list);
      return;
    }
    load(loss, batch, b, list, 1, withWeights);
    int n = list.size;
    System.arraycopy(list.s, 0, list.unsampled, 0, n);
    Arrays.fill(list.unsampledGradient, 0, n, 0);
    for (int sample = 0; sample < sampler.sampleSize(); sample++) {
      sampler.draw(list, sample);
      for (int i = 0; i < n; i++) {
        list.s[i] /= temperature;
        list.g[i] = 0;
      }
      loss.evaluate(list);
      sampler.backward(list, temperature);
    }
    System.arraycopy(list.unsampledGradient, 0, list.g, 0, n);
  }

  private static void load(
      RankingLoss loss,
      LossBatch batch,
      int b,
      LossWorkspace list,
      double temperature,
      boolean withWeights) {
    list.load(batch, b, temperature, withWeights);
    if (loss.family() != LossFamily.LISTWISE && batch.mask() != null) {
      list.dropWeightsOfNegativeLabels();
    }
  }

  /** What the gradient that {@link #run} leaves is still to be divided by. */
  static double gradientDivisor(RankingLoss loss, boolean withTemperature) {
    return withTemperature && !loss.dividesScoresItself() && loss.sampler() == null
        ? loss.temperature()
        : 1;
  }

  static UnreducedLoss unreduced(RankingLoss loss, LossBatch batch, LossWorkspace list) {
    int lists = batch.lists();
    int length = batch.listSize();
    int[] shape =
        switch (loss.family()) {
          case POINTWISE -> new int[] {lists, length};
          case PAIRWISE -> new int[] {lists, length, length};
          case LISTWISE -> new int[] {lists, 1};
        };
    int stride = Math.multiplyExact(shape[1], shape.length == 3 ? shape[2] : 1);
    double[] losses = new double[Math.multiplyExact(lists, stride)];
    double[] weights = new double[losses.length];
    boolean divides = loss.dividesPerListScores();
    for (int b = 0; b < lists; b++) {
      int start = b * stride;
      if (loss instanceof PairwiseLoss pairwise) {
        list.load(batch, b, divides ? loss.temperature() : 1, false);
        PairKernel.unreduced(
            list, pairwise.shape(), pairwise.lambdaWeight(), losses, weights, start);
        continue;
      }
      run(loss, batch, b, list, divides, false);
      if (loss.family() == LossFamily.LISTWISE) {
        losses[start] = list.listLoss;
        weights[start] = list.listLossWeight;
        continue;
      }
      for (int i = 0; i < list.size; i++) {
        losses[start + list.index[i]] = list.itemLoss[i];
        weights[start + list.index[i]] = 1;
      }
    }
    return new UnreducedLoss(shape, losses, weights);
  }

  static double[] normalizedWeights(RankingLoss loss, LossBatch batch, LossWorkspace list) {
    int lists = batch.lists();
    int length = batch.listSize();
    boolean listwise = loss.family() == LossFamily.LISTWISE;
    double[] weights = new double[listwise ? lists : lists * length];
    for (int b = 0; b < lists; b++) {
      load(loss, batch, b, list, 1, true);
      if (listwise) {
        weights[b] = list.listwiseWeight();
        continue;
      }
      for (int i = 0; i < list.size; i++) {
        weights[b * length + list.index[i]] = list.w[i];
      }
    }
    return weights;
  }
}
