package io.rankline.loss;

/** What pointwise losses share: adding up items, their weights and slopes. */
final class PointKernel {

  private PointKernel() {}

  /** Adds item {@code i} with its loss; the slope is left to the caller. */
  static void add(LossWorkspace list, int i, double loss) {
    list.itemLoss[i] = loss;
    list.totals.add(loss, list.w[i]);
  }
}
