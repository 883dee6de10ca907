package io.rankline.loss;

import org.jspecify.annotations.Nullable;

/**
 * Distils the order that a teacher's scores, given as labels, make likely.
 *
 * <pre>
 *   loss(y, s) = mean over samples of - sum_{k &lt;= topk} (s_p(k) - ln sum_{m &gt;= k} exp(s_p(m)))
 *   p = order of y + Gumbel(0, 1) noise, highest first
 * </pre>
 *
 * <p>Draws depend on the seed, the step and the number of the list. Log-sums are kept relative to
 * their largest term. Padding takes no part. A list without a positive label has weight 0.
 *
 * @param sampleSize number of orders drawn
 * @param topk only so many first positions count; {@link Integer#MAX_VALUE} for all
 * @param temperature divides the scores
 * @param seed null for draws that never repeat; with a seed, the step of the batch tells one
 *     evaluation from another
 * @see <a href="https://proceedings.mlr.press/v130/reddi21a.html">Reddi et al., RankDistil, AISTATS
 *     2021</a>
 */
public record CoupledRankDistilLoss(
    int sampleSize, int topk, double temperature, @Nullable Long seed) implements RankingLoss {

  /** All positions count. */
  public static final int ALL_POSITIONS = Integer.MAX_VALUE;

  public CoupledRankDistilLoss {
    Require.atLeastOne("sample_size", sampleSize);
    Require.atLeastOne("topk", topk);
    Require.positive("temperature", temperature);
  }

  /** 8 samples, all positions, temperature 1, seeded afresh. */
  public CoupledRankDistilLoss() {
    this(8, ALL_POSITIONS, 1, null);
  }

  @Override
  public String wireName() {
    return LossKey.COUPLED_RANKDISTIL.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
  }

  @Override
  public CoupledRankDistilLoss seeded(long other) {
    return seed == null ? new CoupledRankDistilLoss(sampleSize, topk, temperature, other) : this;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    if (list.isLeftOut()) {
      list.listwise(0, 0);
      return;
    }
    double weight = list.weightOfPositive();
    double loss = 0;
    for (int sample = 0; sample < sampleSize; sample++) {
      drawOrder(list, sample);
      loss += PlackettLuce.evaluate(list, list.order, topk, null, weight / sampleSize);
    }
    list.listwise(loss / sampleSize, weight);
  }

  /** Loss of given orders, each of all valid items, instead of drawn ones. */
  void evaluate(LossWorkspace list, int[]... orders) {
    double weight = list.weightOfPositive();
    double loss = 0;
    for (int[] order : orders) {
      loss += PlackettLuce.evaluate(list, order, topk, null, weight / orders.length);
    }
    list.listwise(loss / orders.length, weight);
  }

  private void drawOrder(LossWorkspace list, int sample) {
    long key = Draws.key(Draws.key(list.seedOrFresh(seed), list.drawKey), sample);
    for (int i = 0; i < list.size; i++) {
      list.a[i] = list.y[i] + Draws.gumbel(key, list.index[i]);
    }
    ItemOrder.descending(list.a, list.size, list.order, list.orderScratch, TieOrder.BY_POSITION, 0);
  }
}
