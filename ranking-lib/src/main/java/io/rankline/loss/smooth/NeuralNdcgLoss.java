package io.rankline.loss.smooth;

import io.rankline.data.RankDiscount;
import io.rankline.loss.arithmetic.Draws;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.loss.form.TemperatureUse;
import io.rankline.loss.listwise.ListwiseLoss;
import io.rankline.text.CutOff;
import io.rankline.text.Faults;
import io.rankline.text.Option;
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
 * @param seed null for draws that never repeat; with a seed, the step of the batch tells one
 *     evaluation from another
 * @see <a href="https://arxiv.org/abs/2102.07831">Pobrotyn and Bialobrzeski, NeuralNDCG, 2021</a>
 */
@LossName("neural_ndcg_loss")
public record NeuralNdcgLoss(
    @Option(
            fallback = "1.0",
            above = 0,
            words = POSITIVE,
            meaning = "divides the exponents of NeuralSort")
        double temperature,
    @Option(
            fallback = "null",
            least = 1,
            form = CutOff.class,
            meaning = "how many first ranks count")
        int topn,
    @Option(fallback = "true", meaning = "whether the gain is 2^y - 1 rather than y")
        boolean poweredRelevancies,
    @Option(
            key = "sample_size",
            fallback = "0",
            least = 0,
            meaning = "how many samples are drawn, 0 for the deterministic loss")
        int samples,
    @Option(fallback = "0.1", least = 0, meaning = "scale of the noise") double beta,
    @Option(fallback = "true", meaning = "whether noise is added to the logarithm of scores")
        boolean logScores,
    @Option(meaning = "seed of draws, another for each workspace if there is none")
        @Nullable Long seed,
    @Option(fallback = "50", least = 1, meaning = "most iterations of Sinkhorn scaling")
        int maxIterations,
    @Option(
            fallback = "1.0E-6",
            above = 0,
            words = POSITIVE,
            meaning = "how close to 1 column sums must come")
        double tolerance)
    implements ListwiseLoss {

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
    Faults.in(
            NeuralNdcgLoss.class,
            temperature,
            topn,
            poweredRelevancies,
            samples,
            beta,
            logScores,
            seed,
            maxIterations,
            tolerance)
        .orThrow();
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

  /** Temperature divides within NeuralSort, after noise and logarithm; not the scores. */
  @Override
  public double temperature() {
    return temperature;
  }

  @Override
  public TemperatureUse temperatureUse() {
    return TemperatureUse.NOWHERE;
  }

  @Override
  public double weight(LossList list) {
    return list.weightOfPositive();
  }

  @Override
  public double loss(LossList list, double weight) {
    if (!(list.labelSum() > 0)) {
      return 0;
    }
    NdcgGains ndcg = NdcgGains.of(list, RankDiscount.INVERSE_LOG2, poweredRelevancies, topn);
    if (samples == 0) {
      return sorted(list, list.scores(), ndcg, weight, list.gradient());
    }
    double loss = 0;
    for (int sample = 0; sample < samples; sample++) {
      loss += sampled(list, sample, ndcg, weight / samples);
    }
    return loss / samples;
  }

  /** The loss of the given scores; adds its gradient by them times {@code gradientWeight}. */
  private double sorted(
      LossList list, double[] scores, NdcgGains ndcg, double gradientWeight, double[] g) {
    int n = list.size();
    NeuralSort sort = list.scratch(NeuralSort.class, NeuralSort::new);
    sort.present(scores, n, temperature);
    Sinkhorn sinkhorn = list.scratch(Sinkhorn.class, Sinkhorn::fastest);
    sinkhorn.forward(sort, maxIterations, tolerance);
    double[] discount = ndcg.discounts(RankDiscount.INVERSE_LOG2, n);
    double[][] columns = list.columns(Sinkhorn.class, 2);
    double[] outer = columns[0];
    double[] inner = columns[1];
    for (int k = 0; k < n; k++) {
      outer[k] = k < topn ? -discount[k] * ndcg.inverseBest() : 0;
      inner[k] = ndcg.gains()[sort.order[k]];
    }
    double loss = sinkhorn.bilinear(outer, inner);
    if (gradientWeight != 0) {
      sinkhorn.backward(outer, inner);
      sort.backward(g, gradientWeight / temperature);
    }
    return loss;
  }

  private double sampled(LossList list, int sample, NdcgGains ndcg, double weight) {
    int n = list.size();
    double[] s = list.scores();
    int lowest = 0;
    for (int i = 1; i < n; i++) {
      lowest = s[i] < s[lowest] ? i : lowest;
    }
    double shift = Math.abs(s[lowest]);
    long key = list.sampleKey(seed, sample);
    double[][] columns = list.columns(NeuralNdcgLoss.class, 2);
    double[] perturbed = columns[0];
    for (int i = 0; i < n; i++) {
      double lifted = s[i] + shift;
      perturbed[i] =
          (logScores ? Math.log(lifted + TINY) : lifted)
              + beta * Draws.gumbel(key, list.indices()[i]);
    }
    double[] slope = columns[1];
    Arrays.fill(slope, 0, n, 0);
    double loss = sorted(list, perturbed, ndcg, weight, slope);
    double direction = Math.signum(s[lowest]);
    double throughMinimum = 0;
    for (int i = 0; i < n; i++) {
      double lifted = s[i] + shift;
      double own = logScores ? slope[i] / (lifted + TINY) : slope[i];
      if (lifted == 0 && (logScores || i == lowest)) {
        continue;
      }
      list.gradient()[i] += own;
      throughMinimum += own;
    }
    list.gradient()[lowest] += direction * throughMinimum;
    return loss;
  }
}
