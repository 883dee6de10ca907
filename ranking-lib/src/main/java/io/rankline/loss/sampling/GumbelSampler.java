package io.rankline.loss.sampling;

import io.rankline.loss.arithmetic.Draws;
import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.RankingLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a list with perturbed scores, which makes a loss that looks at the order of items smooth
 * on average.
 *
 * <pre>
 *   g = -ln(-ln(u + 1e-20) + 1e-20),  u uniform in [0, 1)
 *   z = (score + g) / temperature
 *   sampled score = ln(softmax(z) + 1e-20)
 * </pre>
 *
 * <p>The loss divides sampled scores by its own temperature afterwards. The gradient passes through
 * the sampling. Draws depend on the seed, the step and the number of the list, so a seed gives the
 * same samples whatever the batch or the worker; they are not TensorFlow's.
 *
 * @param sampleSize S, how often each list is repeated
 * @param seed null for draws that never repeat; with a seed, the step of the batch tells one
 *     evaluation from another
 * @see <a href="https://doi.org/10.1145/3336191.3371844">Bruch et al., A Stochastic Treatment of
 *     Learning to Rank Scoring Functions, WSDM 2020</a>
 */
public record GumbelSampler(
    @Option(fallback = "8", least = 1, meaning = "how many samples are drawn for a list")
        int sampleSize,
    @Option(
            key = "gumbel_temperature",
            fallback = "1.0",
            above = 0,
            words = RankingLoss.POSITIVE,
            meaning = "divides perturbed scores")
        double temperature,
    @Option(meaning = "seed of draws, another for each workspace if there is none")
        @Nullable Long seed)
    implements Serializable {

  /** 8 samples at temperature 1, seeded afresh. */
  public static final GumbelSampler DEFAULT = new GumbelSampler(8, 1, null);

  /** Keeps the logarithm of a probability finite. */
  private static final double TINY = 1e-20;

  public GumbelSampler {
    Faults.in(GumbelSampler.class, sampleSize, temperature, seed).orThrow();
  }

  /** This sampler with another seed. */
  public GumbelSampler withSeed(long newSeed) {
    return new GumbelSampler(sampleSize, temperature, newSeed);
  }

  /** This sampler with that seed where it has none. */
  GumbelSampler seeded(long other) {
    return seed == null ? withSeed(other) : this;
  }

  /** Has a loss evaluate one sample of the list after the other. */
  void evaluate(LossList list, RankingLoss loss) {
    int n = list.size();
    double[] scores = list.scores();
    double[] gradient = list.gradient();
    double[][] columns = list.columns(GumbelSampler.class, 3);
    double[] unsampled = columns[0];
    double[] unsampledGradient = columns[1];
    double[] probability = columns[2];
    double divisor = list.sampleDivisor();
    System.arraycopy(scores, 0, unsampled, 0, n);
    Arrays.fill(unsampledGradient, 0, n, 0);
    for (int sample = 0; sample < sampleSize; sample++) {
      draw(list, sample, unsampled, probability);
      for (int i = 0; i < n; i++) {
        scores[i] /= divisor;
        gradient[i] = 0;
      }
      loss.evaluate(list);
      backward(gradient, probability, unsampledGradient, n, divisor);
    }
    System.arraycopy(unsampledGradient, 0, gradient, 0, n);
  }

  /** Writes a sample of the unsampled scores to the list's scores. */
  private void draw(LossList list, int sample, double[] unsampled, double[] z) {
    int n = list.size();
    long key = list.sampleKey(seed, sample);
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      z[i] = (unsampled[i] + Draws.gumbel(key, list.indices()[i])) / temperature;
      highest = Math.max(highest, z[i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      z[i] = ExpLog.exp(z[i] - highest);
      sum += z[i];
    }
    for (int i = 0; i < n; i++) {
      z[i] /= sum;
      list.scores()[i] = Math.log(z[i] + TINY);
    }
  }

  /** Adds what the gradient of a sample means for the unsampled scores. */
  private void backward(double[] gradient, double[] p, double[] unsampled, int n, double divisor) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += gradient[i] * (p[i] / (p[i] + TINY));
    }
    for (int i = 0; i < n; i++) {
      double dz = gradient[i] * (p[i] / (p[i] + TINY)) - p[i] * sum;
      unsampled[i] += dz / (temperature * divisor);
    }
  }
}
