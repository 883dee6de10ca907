package io.rankline.spark.training.option;

import com.typesafe.config.ConfigValueFactory;
import io.rankline.pipeline.session.Strategies;
import io.rankline.text.Fault;
import io.rankline.text.KnownNames;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code strategy_options} as records, and reports all that is wrong with them at once. */
final class StrategyOptions {

  private static final String PLACE = "strategy_options";

  private final Map<String, String> options;
  private final Section section;
  private final List<String> known = new ArrayList<>();

  /** The options as the configuration has them, values as text. */
  StrategyOptions(Map<String, String> options) {
    this.options = options;
    Map<String, String> values = new TreeMap<>();
    options.forEach((key, text) -> values.put(key, text.strip().toLowerCase(Locale.ROOT)));
    this.section = Section.of(ConfigValueFactory.fromMap(values));
  }

  /** The record of the keys that it has; null after a fault. */
  <R extends Record> @Nullable R read(Class<R> type) {
    known.addAll(keys(type).toList());
    return RecordCodec.of(type).read(section);
  }

  /** Whether an option is given. */
  boolean has(String key) {
    return options.containsKey(key);
  }

  /** The constant that an option names; empty if it names none, which is given by {@link #read}. */
  <E extends Enum<E>> Optional<E> constant(String key, E otherwise) {
    String name = options.getOrDefault(key, otherwise.name()).strip();
    return Stream.of(otherwise.getDeclaringClass().getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** One more fault, of a key that is given. */
  void fault(String key, String rule) {
    section.fault(key, rule);
  }

  /**
   * Ends reading.
   *
   * @param reader what reads these options, for messages
   * @throws IllegalArgumentException with all faults
   */
  void requireSound(String reader) {
    List<String> problems = new ArrayList<>();
    for (String key : options.keySet()) {
      if (!known.contains(key)) {
        problems.add(unknown(key, reader));
      }
    }
    for (Fault fault : section.faults()) {
      problems.add(PLACE + "." + Fault.of(fault.key(), fault.rule()).line());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private String unknown(String key, String reader) {
    String expected = String.join(", ", KnownNames.nearestFirst(key, known));
    String owner = owner(key);
    return owner == null
        ? "%s has an unknown key '%s'; expected one of %s".formatted(PLACE, key, expected)
        : "%s.%s is an option of %s, not of %s, whose options are %s"
            .formatted(PLACE, key, owner, reader, expected);
  }

  private static @Nullable String owner(String key) {
    if (keys(ThresholdOptions.class).anyMatch(key::equals)) {
      return MultiWorkerOptions.THRESHOLD;
    }
    if (keys(MultiWorkerOptions.class).anyMatch(key::equals)) {
      return MultiWorkerOptions.STRATEGY;
    }
    if (keys(AveragingOptions.class).anyMatch(key::equals)) {
      return AveragingOptions.STRATEGY;
    }
    return key.equals("replicas") ? Strategies.MIRRORED : null;
  }

  private static Stream<String> keys(Class<? extends Record> type) {
    return RecordCodec.of(type).options().stream()
        .filter(OptionSpec::isInText)
        .map(OptionSpec::key);
  }
}
