package io.rankline.loss;

import java.io.Serializable;
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
 * @param temperature divides perturbed scores
 * @param seed null for draws that never repeat; with a seed, the step of the batch tells one
 *     evaluation from another
 * @see <a href="https://doi.org/10.1145/3336191.3371844">Bruch et al., A Stochastic Treatment of
 *     Learning to Rank Scoring Functions, WSDM 2020</a>
 */
public record GumbelSampler(int sampleSize, double temperature, @Nullable Long seed)
    implements Serializable {

  /** 8 samples at temperature 1, seeded afresh. */
  public static final GumbelSampler DEFAULT = new GumbelSampler(8, 1, null);

  /** Keeps the logarithm of a probability finite. */
  private static final double TINY = 1e-20;

  public GumbelSampler {
    Require.atLeastOne("sample_size", sampleSize);
    Require.positive("gumbel_temperature", temperature);
  }

  /** This sampler with another seed. */
  public GumbelSampler withSeed(long newSeed) {
    return new GumbelSampler(sampleSize, temperature, newSeed);
  }

  /** This sampler with that seed where it has none. */
  GumbelSampler seeded(long other) {
    return seed == null ? withSeed(other) : this;
  }

  /** Writes sample number {@code sample} of the unsampled scores to the list's scores. */
  void draw(LossWorkspace list, int sample) {
    int n = list.size;
    double[] z = list.sampleProbability;
    long key = Draws.key(Draws.key(list.seedOrFresh(seed), list.drawKey), sample);
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      z[i] = (list.unsampled[i] + Draws.gumbel(key, list.index[i])) / temperature;
      highest = Math.max(highest, z[i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      z[i] = ExpLog.exp(z[i] - highest);
      sum += z[i];
    }
    for (int i = 0; i < n; i++) {
      z[i] /= sum;
      list.s[i] = Math.log(z[i] + TINY);
    }
  }

  /** Adds what the gradient of a sample means for the unsampled scores. */
  void backward(LossWorkspace list, double lossTemperature) {
    int n = list.size;
    double[] p = list.sampleProbability;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += list.g[i] * (p[i] / (p[i] + TINY));
    }
    for (int i = 0; i < n; i++) {
      double dz = list.g[i] * (p[i] / (p[i] + TINY)) - p[i] * sum;
      list.unsampledGradient[i] += dz / (temperature * lossTemperature);
    }
  }
}
