package io.rankline.config.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws the values of the next trial from where the better ones so far lie close together, and the
 * others do not: a tree-structured Parzen estimator.
 *
 * <p>The first trials are those of {@link SweepPlan#random} with the same seed. After that, of each
 * parameter on its own: the best 15 % of the trials give a density l, the others g; of some draws
 * from l the one with the largest l / g is taken. The density of a list of values counts them; that
 * of a range has a bell around each number, as wide as the way to its neighbours. Both have one
 * draw from all values added, so that nothing is ever out of reach.
 *
 * @see <a href="https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization">
 *     Bergstra et al., Algorithms for Hyper-Parameter Optimization, 2011</a>
 */
public final class ParzenSampler {

  /** Trials drawn at random before results say anything. */
  private static final int FIRST = 10;

  private static final double GOOD = 0.15;
  private static final int MOST_GOOD = 25;

  /** Draws from the density of the good, of which one is taken. */
  private static final int CANDIDATES = 24;

  /** Draws in vain after which there seem to be no other values. */
  private static final int VAIN_DRAWS = 100;

  private final List<SweepParameter> parameters;
  private final SplittableRandom random;
  private final SplittableRandom ofResults;
  private final int count;
  private final int first;
  private final List<Trial> drawn = new ArrayList<>();
  private final Set<Map<String, String>> known = new HashSet<>();
  private final List<Result> results = new ArrayList<>();

  /**
   * A trial that has ended.
   *
   * @param loss the smaller the better; infinite for one that failed
   */
  private record Result(Map<String, String> values, double loss) {}

  /**
   * A sampler without results.
   *
   * @param count trials that it will draw; a third of few are drawn at random
   * @param seed with which it draws the same, for the same results
   * @throws IllegalArgumentException if there is no parameter, or one twice, or no trial asked for
   */
  public ParzenSampler(List<SweepParameter> parameters, int count, long seed) {
    SweepPlan.requireKeys(parameters);
    if (count < 1) {
      throw new IllegalArgumentException("runs must be 1 or more, got " + count);
    }
    this.parameters = List.copyOf(parameters);
    this.random = new SplittableRandom(seed);
    this.ofResults = new SplittableRandom(seed).split();
    this.count = count;
    this.first = Math.max(1, Math.min(FIRST, count / 3));
  }

  /** How many trials it was made to draw. */
  public int count() {
    return count;
  }

  /** The next trial, with other values than all before; empty where none are left. */
  public Optional<Trial> next() {
    for (int vain = 0; vain < VAIN_DRAWS; vain++) {
      Map<String, String> one =
          drawn.size() < first || results.isEmpty() || vain > VAIN_DRAWS / 2
              ? SweepPlan.draw(parameters, random)
              : likely();
      if (known.add(one)) {
        Trial trial = SweepPlan.trial(parameters, drawn.size() + 1, one);
        drawn.add(trial);
        return Optional.of(trial);
      }
    }
    return Optional.empty();
  }

  /** All trials drawn so far. */
  public SweepPlan plan() {
    return new SweepPlan(parameters, drawn);
  }

  /**
   * Notes how a trial went.
   *
   * @param loss the smaller the better; NaN for a trial that failed
   */
  public void add(Trial trial, double loss) {
    results.add(new Result(trial.values(), Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss));
  }

  private Map<String, String> likely() {
    List<Result> ranked = new ArrayList<>(results);
    ranked.sort(Comparator.comparingDouble(Result::loss));
    int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD * ranked.size()));
    Map<String, String> one = new LinkedHashMap<>();
    for (SweepParameter parameter : parameters) {
      ValueDensity better = density(parameter, ranked.subList(0, good));
      ValueDensity others = density(parameter, ranked.subList(good, ranked.size()));
      String best = "";
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < CANDIDATES; c++) {
        String value = better.draw(ofResults);
        double ratio = Math.log(better.of(value)) - Math.log(others.of(value));
        if (ratio > largest) {
          largest = ratio;
          best = value;
        }
      }
      one.put(parameter.key(), best);
    }
    return one;
  }

  private static ValueDensity density(SweepParameter parameter, List<Result> results) {
    List<String> values = new ArrayList<>();
    results.forEach(result -> values.add(result.values().getOrDefault(parameter.key(), "")));
    ParameterRange range = parameter.range();
    return range == null
        ? ValueDensity.ofValues(parameter.values(), values)
        : ValueDensity.ofRange(range, values);
  }
}
