package io.rankline.config.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The trials of a sweep.
 *
 * @param parameters what differs between them
 * @param trials in the order in which they run
 */
public record SweepPlan(List<SweepParameter> parameters, List<Trial> trials) {

  /** Draws in vain after which there seem to be no other values. */
  private static final int VAIN_DRAWS = 1000;

  public SweepPlan {
    parameters = List.copyOf(parameters);
    trials = List.copyOf(trials);
  }

  /**
   * Every combination of the values; the last parameter changes fastest.
   *
   * @throws IllegalArgumentException if there is no parameter, one twice, or one with a range
   */
  public static SweepPlan grid(List<SweepParameter> parameters) {
    requireKeys(parameters);
    List<Map<String, String>> combinations = new ArrayList<>(List.of(new LinkedHashMap<>()));
    for (SweepParameter parameter : parameters) {
      if (parameter.range() != null) {
        throw new IllegalArgumentException(
            "%s has a range, of which a grid cannot take every value; name values, or draw N runs"
                    .formatted(parameter.key())
                + " with --random N");
      }
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : parameter.values()) {
          Map<String, String> one = new LinkedHashMap<>(combination);
          one.put(parameter.key(), value);
          longer.add(one);
        }
      }
      combinations = longer;
    }
    return plan(parameters, combinations);
  }

  /**
   * Values drawn from ranges, and from lists of values, all of them equally likely. No two trials
   * are the same; there are fewer than asked for where no others are left. The same seed draws the
   * same trials, and a larger count adds some to them.
   *
   * @throws IllegalArgumentException if there is no parameter, or one twice, or no trial asked for
   */
  public static SweepPlan random(List<SweepParameter> parameters, int count, long seed) {
    requireKeys(parameters);
    if (count < 1) {
      throw new IllegalArgumentException("random runs must be 1 or more, got " + count);
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Map<String, String>> drawn = new ArrayList<>();
    Set<Map<String, String>> known = new HashSet<>();
    for (int vain = 0; drawn.size() < count && vain < VAIN_DRAWS; vain++) {
      Map<String, String> one = draw(parameters, random);
      if (known.add(one)) {
        drawn.add(one);
        vain = 0;
      }
    }
    return plan(parameters, drawn);
  }

  /** One combination, all values equally likely. */
  static Map<String, String> draw(List<SweepParameter> parameters, SplittableRandom random) {
    Map<String, String> one = new LinkedHashMap<>();
    for (SweepParameter parameter : parameters) {
      ParameterRange range = parameter.range();
      one.put(
          parameter.key(),
          range == null
              ? parameter.values().get(random.nextInt(parameter.values().size()))
              : range.draw(random));
    }
    return one;
  }

  /** The short name of a parameter: the last part of its key where that is enough. */
  public String shortKey(SweepParameter parameter) {
    return parameter.shortKey(parameters);
  }

  private static SweepPlan plan(
      List<SweepParameter> parameters, List<Map<String, String>> combinations) {
    List<Trial> trials = new ArrayList<>();
    for (Map<String, String> values : combinations) {
      trials.add(trial(parameters, trials.size() + 1, values));
    }
    return new SweepPlan(parameters, trials);
  }

  static Trial trial(List<SweepParameter> parameters, int number, Map<String, String> values) {
    List<String> label = new ArrayList<>();
    for (SweepParameter parameter : parameters) {
      label.add(parameter.shortKey(parameters) + "=" + values.get(parameter.key()));
    }
    return new Trial(number, values, String.join(" ", label));
  }

  static void requireKeys(List<SweepParameter> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs a parameter, got none");
    }
    Set<String> keys = new HashSet<>();
    for (SweepParameter parameter : parameters) {
      if (!keys.add(parameter.key())) {
        throw new IllegalArgumentException(
            "%s stands there twice; join its values by commas".formatted(parameter.key()));
      }
    }
  }
}
