package io.rankline.text;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of some components of a record, for its builder; the others have their defaults.
 *
 * <pre>{@code
 * private final Draft<DatasetHparams> draft = new Draft<>(DatasetHparams.class);
 *
 * public Builder seed(long value) {
 *   draft.set("seed", value);
 *   return this;
 * }
 * }</pre>
 */
public final class Draft<R extends Record> {

  private final RecordCodec<R> codec;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** No value so far. */
  public Draft(Class<R> type) {
    this.codec = RecordCodec.of(type);
  }

  /** The values that a text gave. */
  public Draft(Class<R> type, Map<String, ? extends @Nullable Object> values) {
    this(type);
    this.values.putAll(values);
  }

  /** Gives a component a value, in the place of any given before. */
  public void set(String component, @Nullable Object value) {
    values.put(component, value);
  }

  /**
   * Gives an option a value by its key, as a file does: 4, {@code "25%"}, {@code "elwc"}; or as
   * Java has it.
   *
   * @throws FaultsException if there is no such key, or the option has no such value
   */
  public void option(String key, Object value) {
    for (OptionSpec option : codec.options()) {
      if ((option.key().equals(key) || option.aliases().contains(key))
          && option.type().isInstance(value)) {
        set(option.name(), value);
        return;
      }
    }
    Section section = Section.of(ConfigValueFactory.fromMap(Map.of(key, value)));
    for (OptionSpec option : codec.options()) {
      String said = RecordCodec.keyIn(section, option);
      ConfigValue text = section.value(said);
      if (text != null) {
        set(option.name(), option.isNone(text) ? null : option.read(section, said, text));
      }
    }
    section.rejectUnknownKeys();
    if (section.isFaulty()) {
      throw new FaultsException(
          section.faults().stream().map(fault -> Fault.of(fault.key(), fault.rule())).toList());
    }
  }

  /** Whether the record has an option of that key. */
  public boolean has(String key) {
    return codec.options().stream().anyMatch(option -> option.key().equals(key));
  }

  /** The value that a component was given; null if none. */
  public @Nullable Object get(String component) {
    return values.get(component);
  }

  /**
   * The record.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public R build() {
    return codec.create(values);
  }
}
