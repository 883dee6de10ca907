package io.rankline.spark.training.option;

import io.rankline.pipeline.session.Strategies;
import io.rankline.text.KnownNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;

/** Reads {@code strategy_options} and gathers what is wrong with them, to be told at once. */
final class StrategyOptions {

  static final String NUM_WORKERS = "num_workers";
  static final String SHARING = "gradient_sharing";
  static final String PATIENCE = "slots_timeout";

  private static final int DEFAULT_PATIENCE = 300;

  /** What options that some reader does not know are for. */
  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("replicas", Strategies.MIRRORED),
          Map.entry(SHARING, MultiWorkerOptions.STRATEGY),
          Map.entry("port_count", MultiWorkerOptions.STRATEGY),
          Map.entry("silence_timeout", MultiWorkerOptions.STRATEGY),
          Map.entry("port", MultiWorkerOptions.STRATEGY),
          Map.entry("averaging_frequency", AveragingOptions.STRATEGY),
          Map.entry("average_updaters", AveragingOptions.STRATEGY));

  private final Map<String, String> options;
  private final List<String> problems = new ArrayList<>();

  /**
   * Looks for options that nobody reads.
   *
   * @param reader name of what reads them, for messages
   * @param known what it reads
   */
  StrategyOptions(Map<String, String> options, String reader, List<String> known) {
    this.options = options;
    for (String name : options.keySet()) {
      if (known.contains(name)) {
        continue;
      }
      String owner =
          SharingOptions.OF_THRESHOLD.contains(name)
              ? "gradient_sharing=threshold"
              : OWNERS.get(name);
      String expected = String.join(", ", KnownNames.nearestFirst(name, known));
      problems.add(
          owner == null
              ? "strategy_options has an unknown key '%s'; expected one of %s"
                  .formatted(name, expected)
              : "strategy_options.%s is an option of %s, not of %s, whose options are %s"
                  .formatted(name, owner, reader, expected));
    }
  }

  /** A whole number; {@code unsaid} where it is missing. */
  int number(String name, int unsaid, int least, int most) {
    String text = options.get(name);
    if (text == null) {
      return unsaid;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    problems.add(
        "strategy_options.%s must be a whole number of %d or more%s, got '%s'"
            .formatted(name, least, most == Integer.MAX_VALUE ? "" : ", at most " + most, text));
    return unsaid;
  }

  /** Any number, of a rule that is told in words. */
  double real(String name, double unsaid, DoublePredicate rule, String words) {
    String text = options.get(name);
    if (text == null) {
      return unsaid;
    }
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number) && rule.test(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number against the rule is.
    }
    problems.add("strategy_options.%s must be a number %s, got '%s'".formatted(name, words, text));
    return unsaid;
  }

  /** Whether an option is said. */
  boolean has(String name) {
    return options.containsKey(name);
  }

  /** True or false. */
  boolean flag(String name, boolean unsaid) {
    return choice(name, Boolean.toString(unsaid), List.of("true", "false")).equals("true");
  }

  /** One of several words. */
  String choice(String name, String unsaid, List<String> words) {
    String text = options.getOrDefault(name, unsaid).strip().toLowerCase(Locale.ROOT);
    if (words.contains(text)) {
      return text;
    }
    problems.add(
        "strategy_options.%s must be %s, got '%s'"
            .formatted(
                name,
                String.join(", ", words.subList(0, words.size() - 1))
                    + " or "
                    + words.get(words.size() - 1),
                options.get(name)));
    return unsaid;
  }

  /** {@code num_workers}; 0 for as many as there are slots. */
  int workers() {
    return number(NUM_WORKERS, 0, 1, Integer.MAX_VALUE);
  }

  /** {@code slots_timeout}. */
  Duration patience() {
    return Duration.ofSeconds(number(PATIENCE, DEFAULT_PATIENCE, 1, Integer.MAX_VALUE));
  }

  /** One more fault. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Ends reading.
   *
   * @throws IllegalArgumentException telling all faults at once
   */
  void requireSound() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
