package io.rankline.loss.click;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Estimates position bias from a click log by expectation maximisation of the position-based model.
 *
 * <pre>
 *   P(click on item q at position k) = theta_k gamma_q
 * </pre>
 *
 * <p>theta_k is the examination of a position, gamma_q the attractiveness of an item for its query.
 * The log separates both only through items that were shown at several positions, so it should hold
 * results of some days, or of several rankers.
 *
 * @see <a href="https://doi.org/10.1145/3159652.3159732">Wang et al., Position Bias Estimation for
 *     Unbiased Learning to Rank in Personal Search, WSDM 2018</a>
 */
public final class PositionBiasEstimator {

  /** Enough for differences between steps to fall below a thousandth on logs with some overlap. */
  public static final int DEFAULT_ITERATIONS = 200;

  /** No probability becomes 0 or 1, from which a step could not leave. */
  private static final double MARGIN = 1e-6;

  private final Map<Impression, Counts> log = new HashMap<>();
  private int positions;

  /** An estimator that has seen nothing. */
  public PositionBiasEstimator() {}

  /**
   * Notes one impression.
   *
   * @param item names the pair of query and document
   * @param position from 1
   */
  public void add(long item, int position, boolean clicked) {
    if (position < 1) {
      throw new IllegalArgumentException("position must be 1 or more, got " + position);
    }
    positions = Math.max(positions, position);
    Counts counts = log.computeIfAbsent(new Impression(item, position), key -> new Counts());
    counts.shown++;
    if (clicked) {
      counts.clicked++;
    }
  }

  /** Adds what another estimator has seen, of another part of the log. */
  public void merge(PositionBiasEstimator other) {
    positions = Math.max(positions, other.positions);
    other.log.forEach(
        (impression, seen) -> {
          Counts counts = log.computeIfAbsent(impression, key -> new Counts());
          counts.shown += seen.shown;
          counts.clicked += seen.clicked;
        });
  }

  /** The estimate after {@link #DEFAULT_ITERATIONS}. */
  public PositionBias estimate() {
    return estimate(DEFAULT_ITERATIONS);
  }

  /**
   * The examination of each position, relative to the highest.
   *
   * @throws IllegalStateException if there are no impressions
   */
  public PositionBias estimate(int iterations) {
    if (log.isEmpty()) {
      throw new IllegalStateException("no impressions to estimate position bias from");
    }
    double[] examination = new double[positions];
    Arrays.fill(examination, 0.5);
    Map<Long, Attraction> attractions = new HashMap<>();
    log.keySet().forEach(seen -> attractions.computeIfAbsent(seen.item, key -> new Attraction()));
    for (int iteration = 0; iteration < iterations; iteration++) {
      examination = step(examination, attractions);
    }
    return new PositionBias(PositionBias.relativeToHighest(examination));
  }

  private double[] step(double[] examination, Map<Long, Attraction> attractions) {
    double[] examined = new double[positions];
    double[] shown = new double[positions];
    attractions.values().forEach(Attraction::clear);
    log.forEach(
        (impression, counts) -> {
          int k = impression.position - 1;
          Attraction attraction = attractions.get(impression.item);
          if (attraction == null) {
            return;
          }
          double theta = examination[k];
          double gamma = attraction.probability;
          double unclicked = counts.shown - counts.clicked;
          double noClick = 1 - theta * gamma;
          examined[k] += counts.clicked + unclicked * theta * (1 - gamma) / noClick;
          attraction.attracted += counts.clicked + unclicked * gamma * (1 - theta) / noClick;
          shown[k] += counts.shown;
          attraction.shown += counts.shown;
        });
    attractions.values().forEach(Attraction::update);
    double[] next = new double[positions];
    for (int k = 0; k < positions; k++) {
      next[k] = shown[k] == 0 ? MARGIN : bounded(examined[k] / shown[k]);
    }
    return next;
  }

  private static double bounded(double probability) {
    return Math.min(Math.max(probability, MARGIN), 1 - MARGIN);
  }

  private record Impression(long item, int position) {}

  private static final class Counts {
    private double shown;
    private double clicked;
  }

  private static final class Attraction {
    private double probability = 0.5;
    private double attracted;
    private double shown;

    void clear() {
      attracted = 0;
      shown = 0;
    }

    void update() {
      probability = bounded(attracted / shown);
    }
  }
}
