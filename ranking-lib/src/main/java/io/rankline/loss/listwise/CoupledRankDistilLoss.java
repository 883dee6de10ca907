package io.rankline.loss.listwise;

import io.rankline.loss.arithmetic.Draws;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.text.CutOff;
import io.rankline.text.Faults;
import io.rankline.text.Option;
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
 * @param seed null for draws that never repeat; with a seed, the step of the batch tells one
 *     evaluation from another
 * @see <a href="https://proceedings.mlr.press/v130/reddi21a.html">Reddi et al., RankDistil, AISTATS
 *     2021</a>
 */
@LossName("coupled_rankdistil_loss")
public record CoupledRankDistilLoss(
    @Option(fallback = "8", least = 1, meaning = "how many orders are drawn") int sampleSize,
    @Option(
            fallback = "null",
            least = 1,
            form = CutOff.class,
            meaning = "how many first positions count")
        int topk,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(meaning = "seed of draws, another for each workspace if there is none")
        @Nullable Long seed)
    implements ListwiseLoss {

  /** All positions count. */
  public static final int ALL_POSITIONS = Integer.MAX_VALUE;

  public CoupledRankDistilLoss {
    Faults.in(CoupledRankDistilLoss.class, sampleSize, topk, temperature, seed).orThrow();
  }

  /** 8 samples, all positions, temperature 1, seeded afresh. */
  public CoupledRankDistilLoss() {
    this(8, ALL_POSITIONS, 1, null);
  }

  @Override
  public CoupledRankDistilLoss seeded(long other) {
    return seed == null ? new CoupledRankDistilLoss(sampleSize, topk, temperature, other) : this;
  }

  @Override
  public double weight(LossList list) {
    return list.weightOfPositive();
  }

  @Override
  public double loss(LossList list, double weight) {
    double loss = 0;
    for (int sample = 0; sample < sampleSize; sample++) {
      loss += ofOrder(list, drawOrder(list, sample), weight / sampleSize);
    }
    return loss / sampleSize;
  }

  /** The loss of a given order, of all valid items, instead of a drawn one. */
  public double ofOrder(LossList list, int[] order, double weight) {
    return PlackettLuce.evaluate(list, order, topk, null, weight);
  }

  private int[] drawOrder(LossList list, int sample) {
    long key = list.sampleKey(seed, sample);
    double[] noisy = list.columns(CoupledRankDistilLoss.class, 1)[0];
    for (int i = 0; i < list.size(); i++) {
      noisy[i] = list.labels()[i] + Draws.gumbel(key, list.indices()[i]);
    }
    return list.byKey(noisy);
  }
}
