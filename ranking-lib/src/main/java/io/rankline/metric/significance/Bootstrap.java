package io.rankline.metric.significance;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap over lists: as many lists are drawn with replacement as there are, the mean
 * is taken over those drawn, and the interval runs between the outer percentiles of the means.
 *
 * <p>All metrics of a call see the same draws. A draw depends on the seed and its number alone, so
 * results repeat however many threads work. Percentiles are interpolated between neighbours. The
 * weight of a list without relevant items is settled once, over all lists, not in each draw.
 *
 * @param resamples number of draws, 1 or more
 * @param level probability that an interval covers the true mean, in (0, 1)
 * @param seed of the draws
 * @see <a href="https://doi.org/10.1214/aos/1176344552">Efron, Bootstrap methods: another look at
 *     the jackknife, 1979</a>
 */
public record Bootstrap(int resamples, double level, long seed) implements Serializable {

  /** Enough for two digits of a 95 % interval. */
  public static final int DEFAULT_RESAMPLES = 1000;

  public static final double DEFAULT_LEVEL = 0.95;

  public Bootstrap {
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples must be 1 or more, got " + resamples);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
    }
  }

  /**
   * An interval for the mean of each sample; none where no draw had weight.
   *
   * @param samples of the same lists under several metrics
   */
  public List<Optional<ConfidenceInterval>> intervals(
      List<MetricSample> samples, EmptyLists empties) {
    List<Ratio> means = samples.stream().map(sample -> Ratio.of(sample, empties)).toList();
    double[][] drawn = draw(means);
    return Arrays.stream(drawn).map(this::percentiles).toList();
  }

  /**
   * An interval for each difference {@code other - baseline}, lists drawn in pairs.
   *
   * @param baselines of the same lists under several metrics
   * @param others of those lists ranked by something else, under the same metrics
   */
  public List<Optional<ConfidenceInterval>> differences(
      List<MetricSample> baselines, List<MetricSample> others, EmptyLists empties) {
    List<Ratio> means = new ArrayList<>();
    baselines.forEach(sample -> means.add(Ratio.of(sample, empties)));
    others.forEach(sample -> means.add(Ratio.of(sample, empties)));
    double[][] drawn = draw(means);
    int metrics = baselines.size();
    List<Optional<ConfidenceInterval>> intervals = new ArrayList<>();
    for (int m = 0; m < metrics; m++) {
      double[] baseline = drawn[m];
      double[] other = drawn[metrics + m];
      double[] differences = new double[resamples];
      Arrays.setAll(differences, r -> other[r] - baseline[r]);
      intervals.add(percentiles(differences));
    }
    return intervals;
  }

  /** The mean of each draw, NaN where it has no weight, shape [means, resamples]. */
  private double[][] draw(List<Ratio> means) {
    double[][] drawn = new double[means.size()][resamples];
    if (means.isEmpty()) {
      return drawn;
    }
    int size = means.get(0).numerators().length;
    for (Ratio mean : means) {
      if (mean.numerators().length != size) {
        throw new IllegalArgumentException(
            "samples must be of the same lists, %s, got %s"
                .formatted(size, mean.numerators().length));
      }
    }
    IntStream.range(0, resamples)
        .parallel()
        .forEach(
            r -> {
              int[] counts = counts(size, r);
              for (int m = 0; m < means.size(); m++) {
                drawn[m][r] = means.get(m).weightedBy(counts);
              }
            });
    return drawn;
  }

  /** How often each list is drawn. */
  private int[] counts(int size, int draw) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + draw);
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      counts[random.nextInt(size)]++;
    }
    return counts;
  }

  private Optional<ConfidenceInterval> percentiles(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    double tail = (1 - level) / 2;
    return Optional.of(
        new ConfidenceInterval(quantile(sorted, tail), quantile(sorted, 1 - tail), level));
  }

  private static double quantile(double[] sorted, double probability) {
    double at = probability * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** A mean as the sums it is the quotient of, list by list. */
  private record Ratio(double[] numerators, double[] denominators) {

    static Ratio of(MetricSample sample, EmptyLists empties) {
      double[] weights = sample.settledWeights(empties);
      return new Ratio(sample.weightedValues(weights, empties), weights);
    }

    double weightedBy(int[] counts) {
      double numerator = 0;
      double denominator = 0;
      for (int i = 0; i < counts.length; i++) {
        numerator += counts[i] * numerators[i];
        denominator += counts[i] * denominators[i];
      }
      return denominator > 0 ? numerator / denominator : Double.NaN;
    }
  }
}
