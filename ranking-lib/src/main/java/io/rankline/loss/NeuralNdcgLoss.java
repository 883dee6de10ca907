package io.rankline.loss;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Negative NDCG of a doubly stochastic relaxed order: NeuralSort, then Sinkhorn scaling.
 *
 * <pre>
 *   loss(y, s) = - (sum_{r &lt;= topn} d_r sum_i P_ri g_i) / (sum_{k &lt;= topn} d_k g*_k)
 *   g = 2^y - 1 (or y), g* the same in the best order, d_r = 1 / log2(1 + r)
 *   P = Sinkhorn(softmax over i of ((n + 1 - 2 r) s_i - sum_j |s_i - s_j|) / temperature)
 * </pre>
 *
 * <p>Sinkhorn scales columns, then rows, until columns sum to 1 within the tolerance, for each list
 * by itself; the gradient goes through every iteration. The transposed variant, which sums expected
 * discounts over items instead of expected gains over ranks, is the same number.
 *
 * <p>The stochastic variant averages over samples of {@code ln(s + |min s| + 1e-10) + beta *
 * Gumbel}, without the logarithm if {@code logScores} is false. Items at the minimum have no slope
 * of their own there, where the logarithm's is 1e10.
 *
 * <p>A list without a positive label gives 0 with weight 0.
 *
 * @param temperature divides the exponents of NeuralSort
 * @param topn ranks that count
 * @param poweredRelevancies whether the gain is 2^y - 1 rather than y
 * @param samples 0 for the deterministic variant
 * @param beta scale of the noise
 * @param logScores whether noise is added to the logarithm of scores
 * @param seed null for draws that never repeat; with a seed, the step of the batch tells one
 *     evaluation from another
 * @param maxIterations of Sinkhorn
 * @param tolerance of column sums
 * @see <a href="https://arxiv.org/abs/2102.07831">Pobrotyn and Bialobrzeski, NeuralNDCG, 2021</a>
 */
public record NeuralNdcgLoss(
    double temperature,
    int topn,
    boolean poweredRelevancies,
    int samples,
    double beta,
    boolean logScores,
    @Nullable Long seed,
    int maxIterations,
    double tolerance)
    implements RankingLoss {

  /** All ranks count. */
  public static final int ALL_RANKS = Integer.MAX_VALUE;

  /** The values of allRank. */
  public static final int DEFAULT_SAMPLES = 32;

  public static final double DEFAULT_BETA = 0.1;
  public static final int DEFAULT_MAX_ITERATIONS = 50;
  public static final double DEFAULT_TOLERANCE = 1e-6;

  /** Keeps the logarithm of a score finite. */
  private static final double TINY = 1e-10;

  public NeuralNdcgLoss {
    Require.positive("temperature", temperature);
    Require.atLeastOne("topn", topn);
    if (samples < 0) {
      throw new IllegalArgumentException("sample_size must be 0 or more, got " + samples);
    }
    Require.notNegative("beta", beta);
    Require.atLeastOne("max_iterations", maxIterations);
    Require.positive("tolerance", tolerance);
  }

  /** The deterministic variant at temperature 1, all ranks. */
  public NeuralNdcgLoss() {
    this(
        1, ALL_RANKS, true, 0, DEFAULT_BETA, true, null, DEFAULT_MAX_ITERATIONS, DEFAULT_TOLERANCE);
  }

  /** This loss for the first ranks only. */
  public NeuralNdcgLoss withTopn(int newTopn) {
    return new NeuralNdcgLoss(
        temperature,
        newTopn,
        poweredRelevancies,
        samples,
        beta,
        logScores,
        seed,
        maxIterations,
        tolerance);
  }

  /** The stochastic variant with 32 samples. */
  public NeuralNdcgLoss stochastic(long newSeed) {
    return new NeuralNdcgLoss(
        temperature,
        topn,
        poweredRelevancies,
        DEFAULT_SAMPLES,
        beta,
        logScores,
        newSeed,
        maxIterations,
        tolerance);
  }

  @Override
  public NeuralNdcgLoss seeded(long other) {
    return seed != null || samples == 0
        ? this
        : new NeuralNdcgLoss(
            temperature,
            topn,
            poweredRelevancies,
            samples,
            beta,
            logScores,
            other,
            maxIterations,
            tolerance);
  }

  @Override
  public String wireName() {
    return LossKey.NEURAL_NDCG.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
  }

  /** Temperature divides within NeuralSort, after noise and logarithm; not the scores. */
  @Override
  public double temperature() {
    return temperature;
  }

  @Override
  public boolean dividesScoresItself() {
    return true;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    if (!(list.labelSum() > 0)) {
      list.listwise(0, 0);
      return;
    }
    double weight = list.listwiseWeight();
    double inverseBest = fillGains(list, list.a);
    if (samples == 0) {
      list.listwise(sorted(list, list.s, inverseBest, weight, list.g), weight);
      return;
    }
    double loss = 0;
    for (int sample = 0; sample < samples; sample++) {
      loss += sampled(list, sample, inverseBest, weight / samples);
    }
    list.listwise(loss / samples, weight);
  }

  private double fillGains(LossWorkspace list, double[] gain) {
    int n = list.size;
    int[] order = list.order;
    ItemOrder.descending(list.y, n, order, list.orderScratch, TieOrder.BY_POSITION, 0);
    double highest = list.y[order[0]];
    double least = Math.pow(2, -highest);
    double[] discount = list.discounts.inverseLog2(n);
    double best = 0;
    for (int k = 0; k < n; k++) {
      double label = list.y[order[k]];
      double value = poweredRelevancies ? Math.pow(2, label - highest) - least : label;
      gain[order[k]] = value;
      best += k < topn ? value * discount[k] : 0;
    }
    return best > 0 ? 1 / best : 0;
  }

  /** The loss of the given scores; adds its gradient by them times {@code gradientWeight}. */
  private double sorted(
      LossWorkspace list, double[] scores, double inverseBest, double gradientWeight, double[] g) {
    int n = list.size;
    NeuralSort sort = list.scoreSort;
    sort.present(scores, n);
    Sinkhorn sinkhorn = list.sinkhorn;
    sinkhorn.forward(sort, n, temperature, maxIterations, tolerance);
    double[] discount = list.discounts.inverseLog2(n);
    double[] outer = list.e;
    double[] inner = list.f;
    for (int k = 0; k < n; k++) {
      outer[k] = k < topn ? -discount[k] * inverseBest : 0;
      inner[k] = list.a[sort.order[k]];
    }
    double loss = sinkhorn.bilinear(outer, inner);
    if (gradientWeight != 0) {
      sinkhorn.backward(outer, inner);
      sort.backward(g, gradientWeight / temperature);
    }
    return loss;
  }

  private double sampled(LossWorkspace list, int sample, double inverseBest, double weight) {
    int n = list.size;
    double[] s = list.s;
    int lowest = 0;
    for (int i = 1; i < n; i++) {
      lowest = s[i] < s[lowest] ? i : lowest;
    }
    double shift = Math.abs(s[lowest]);
    long key = Draws.key(Draws.key(list.seedOrFresh(seed), list.drawKey), sample);
    double[] perturbed = list.b;
    for (int i = 0; i < n; i++) {
      double lifted = s[i] + shift;
      perturbed[i] =
          (logScores ? Math.log(lifted + TINY) : lifted) + beta * Draws.gumbel(key, list.index[i]);
    }
    double[] slope = list.c;
    Arrays.fill(slope, 0, n, 0);
    double loss = sorted(list, perturbed, inverseBest, weight, slope);
    double direction = Math.signum(s[lowest]);
    double throughMinimum = 0;
    for (int i = 0; i < n; i++) {
      double lifted = s[i] + shift;
      double own = logScores ? slope[i] / (lifted + TINY) : slope[i];
      if (lifted == 0 && (logScores || i == lowest)) {
        continue;
      }
      list.g[i] += own;
      throughMinimum += own;
    }
    list.g[lowest] += direction * throughMinimum;
    return loss;
  }
}
