package io.rankline.text;

import com.typesafe.config.ConfigValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a record by its components, as {@link Option} describes them.
 *
 * <p>The record's constructor is what checks values, with {@link Faults#in}: so {@code new}, a
 * builder and a file meet the same rules in the same words.
 */
public final class RecordCodec<R extends Record> {

  private static final ClassValue<RecordCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
          return new RecordCodec<>(type.asSubclass(Record.class), Map.of(), Set.of());
        }
      };

  private final Class<R> type;
  private final List<OptionSpec> components;
  private final List<OptionSpec> options;
  private final Map<String, ?> ownDefaults;
  private final Constructor<R> constructor;

  private RecordCodec(Class<R> type, Map<String, ?> ownDefaults, Set<String> hiddenKeys) {
    this.type = type;
    this.ownDefaults = ownDefaults;
    RecordComponent[] ofRecord = type.getRecordComponents();
    this.components =
        Stream.of(ofRecord)
            .map(component -> new OptionSpec(component, ownDefaults.get(component.getName())))
            .toList();
    this.options =
        components.stream()
            .filter(option -> option.isInText() && !hiddenKeys.contains(option.key()))
            .toList();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Stream.of(ofRecord).map(RecordComponent::getType).toArray(Class<?>[]::new));
      this.constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  /** The codec of a record. */
  @SuppressWarnings("unchecked") // computeValue makes the codec of the very class
  public static <R extends Record> RecordCodec<R> of(Class<R> type) {
    return (RecordCodec<R>) CODECS.get(type);
  }

  /** A record as maps, lists, numbers and texts by key; null is left out. */
  public static Map<String, Object> write(Record record) {
    Map<String, Object> text = new LinkedHashMap<>();
    for (OptionSpec option : of(record.getClass()).options) {
      Object written = option.write(record);
      if (written != null) {
        text.put(option.key(), written);
      }
    }
    return text;
  }

  /** This codec with other defaults, by the names of components. */
  public RecordCodec<R> with(Map<String, ?> otherDefaults) {
    return new RecordCodec<>(type, otherDefaults, Set.of());
  }

  /** This codec without an option in text. */
  public RecordCodec<R> without(String key) {
    return new RecordCodec<>(type, ownDefaults, Set.of(key));
  }

  /** The record. */
  public Class<R> type() {
    return type;
  }

  /** The components, in their order. */
  public List<OptionSpec> components() {
    return components;
  }

  /** The components that stand in text, in their order. */
  public List<OptionSpec> options() {
    return options;
  }

  /** The record with nothing but defaults. */
  public R defaults() {
    return create(Map.of());
  }

  /**
   * The record of these values by the names of components; those not given have their defaults, and
   * what has none is 0, false, empty or null, which is the constructor's to judge.
   *
   * @throws IllegalArgumentException with everything that is wrong
   */
  public R create(Map<String, ? extends @Nullable Object> values) {
    Set<String> unknown = new HashSet<>(values.keySet());
    Object[] arguments = new Object[components.size()];
    for (int k = 0; k < arguments.length; k++) {
      OptionSpec component = components.get(k);
      unknown.remove(component.name());
      arguments[k] =
          values.containsKey(component.name())
              ? values.get(component.name())
              : component.hasFallback() ? component.fallback() : component.standIn();
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(type.getSimpleName() + " has no components " + unknown);
    }
    return construct(arguments);
  }

  /**
   * The record that a section describes. What is wrong is noted in the section, all of it. Keys
   * that the record does not know are left to the caller, see {@link Section#rejectUnknownKeys}.
   *
   * @return null after a fault
   */
  public @Nullable R read(Section section) {
    return read(section, this::create);
  }

  /**
   * As {@link #read(Section)}, for records that are made of more than what the section says.
   *
   * @param make makes the record of values by the names of components; its refusals are reported at
   *     the places of their keys
   */
  public <T> @Nullable T read(Section section, Function<Map<String, @Nullable Object>, T> make) {
    Map<String, String> keys = new HashMap<>();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<OptionSpec> sound = new ArrayList<>();
    for (OptionSpec option : options) {
      String key = keyIn(section, option);
      keys.put(option.key(), key);
      ConfigValue value = section.value(key);
      boolean isSound;
      if (value == null) {
        isSound = option.hasFallback();
        if (!isSound) {
          section.fault(key, option.missingWords());
        }
      } else {
        Object read = option.isNone(value) ? null : option.read(section, key, value);
        isSound = read != null || option.isNone(value);
        values.put(option.name(), read);
      }
      if (isSound) {
        sound.add(option);
      }
    }
    if (sound.size() < keys.size()) {
      // What takes several values cannot be judged; each of the others can.
      sound.forEach(
          option ->
              requireRule(section, Objects.requireNonNull(keys.get(option.key())), option, values));
      return null;
    }
    try {
      return make.apply(values);
    } catch (FaultsException e) {
      section.refused(
          new FaultsException(
              e.faults().stream()
                  .map(fault -> ofMissing(fault, values))
                  .map(fault -> fault.at(keys.getOrDefault(fault.key(), fault.key())))
                  .toList()));
    } catch (IllegalArgumentException e) {
      section.refused(e);
    }
    return null;
  }

  /** The fault, in words that fit if it is only the stand-in of a missing value that is wrong. */
  private Fault ofMissing(Fault fault, Map<String, @Nullable Object> values) {
    return options.stream()
        .filter(option -> option.key().equals(fault.key()) && !values.containsKey(option.name()))
        .filter(option -> fault.rule().equals(option.broken(option.fallback())))
        .findFirst()
        .map(option -> Fault.of(fault.key(), option.missingWords()))
        .orElse(fault);
  }

  private static void requireRule(
      Section section, String key, OptionSpec option, Map<String, @Nullable Object> values) {
    boolean isGiven = values.containsKey(option.name());
    String broken = option.broken(isGiven ? values.get(option.name()) : option.fallback());
    if (broken != null) {
      section.fault(key, isGiven ? broken : option.missingWords());
    }
  }

  /** What the rules of the components say about these values. */
  List<Fault> broken(@Nullable Object... values) {
    if (values.length != components.size()) {
      throw new IllegalStateException(
          "%s has %s components, %s are checked"
              .formatted(type.getSimpleName(), components.size(), values.length));
    }
    List<Fault> faults = List.of();
    for (int k = 0; k < values.length; k++) {
      OptionSpec component = components.get(k);
      String broken = component.broken(values[k]);
      if (broken != null) {
        faults = faults.isEmpty() ? new ArrayList<>() : faults;
        faults.add(Fault.of(component.key(), broken));
      }
    }
    return faults;
  }

  /** The key that a section says an option by: its own, or another name of it. */
  static String keyIn(Section section, OptionSpec option) {
    String said = option.key();
    section.has(said);
    for (String name : option.aliases()) {
      if (section.has(name)) {
        said = name;
      }
    }
    return said;
  }

  private R construct(@Nullable Object[] arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s cannot be made of %s".formatted(type, Arrays.asList(arguments)), e);
    }
  }
}
