package io.rankline.text;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a HOCON text, read key by key. Faults are collected with the place where they
 * stand, by this section and all below it, and reported at once by {@link #finish}; a key that was
 * not asked for is a fault too. After a fault a read gives the default, so that reading continues.
 */
public final class Section {

  private final ConfigObject object;
  private final String path;
  private final List<Fault> faults;
  private final Wording wording;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(ConfigObject object, String path, List<Fault> faults, Wording wording) {
    this.object = object;
    this.path = path;
    this.faults = faults;
    this.wording = wording;
  }

  /** The section that an object is. */
  public static Section of(ConfigObject object) {
    return of(object, Wording.SETTINGS);
  }

  /** The section that an object is, its faults worded in this way. */
  public static Section of(ConfigObject object, Wording wording) {
    return new Section(object, "", new ArrayList<>(), wording);
  }

  /**
   * The section that a text is: {@code {name = adam, beta_1 = 0.8}}.
   *
   * @param origin where the text comes from, for messages
   * @throws FaultsException if it is no HOCON
   */
  public static Section parse(String text, String origin) {
    return of(Hocon.parse(text, origin));
  }

  /** The keys of the object, those with the value null left out; they do not count as asked for. */
  public Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(object.keySet());
    keys.removeIf(key -> isNull(object.get(key)));
    return keys;
  }

  /** Whether the key has a value other than null. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** The value of a key as it stands, null where there is none; counts as asked for. */
  public @Nullable ConfigValue value(String key) {
    asked.add(key);
    ConfigValue value = object.get(key);
    return isNull(value) ? null : value;
  }

  /** A number. */
  public double real(String key, double otherwise) {
    return read(key, Double.class, otherwise);
  }

  /** A whole number, null where there is none. */
  public @Nullable Long whole(String key) {
    ConfigValue value = value(key);
    return value == null ? null : (Long) Values.read(this, key, value, Long.class);
  }

  /** A whole number in the range of int. */
  public int whole(String key, int otherwise) {
    return read(key, Integer.class, otherwise);
  }

  /** A text. */
  public String text(String key, String otherwise) {
    return read(key, String.class, otherwise);
  }

  /** A list of numbers, empty where there is none. */
  public List<Double> reals(String key) {
    List<Double> numbers = new ArrayList<>();
    for (ConfigValue value : values(key)) {
      if (value.unwrapped() instanceof Number number) {
        numbers.add(number.doubleValue());
      } else {
        fault(key, "must be a list of numbers, got " + shown(value) + " in it");
      }
    }
    return numbers;
  }

  /** A list, empty where there is none. */
  public List<ConfigValue> values(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof ConfigList list) {
      return list;
    }
    fault(key, "must be a list, got " + shown(value));
    return List.of();
  }

  /** The section at a key; null, and a fault, where there is none or it is no object. */
  public @Nullable Section below(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      fault(key, "is missing");
      return null;
    }
    return below(key, value);
  }

  /** The section below a value of this one; null, and a fault, where it is no object. */
  public @Nullable Section below(String key, ConfigValue value) {
    if (value instanceof ConfigObject below) {
      return new Section(below, at(key), faults, wording);
    }
    add(value, key, wording.rule("must be an object, got " + shown(value)));
    return null;
  }

  /** An empty section in the place of a value that is a name alone. */
  public Section empty(String key, ConfigValue value) {
    ConfigObject nothing = ConfigValueFactory.fromMap(Map.of(), Hocon.place(value));
    return new Section(nothing, at(key), faults, wording);
  }

  /** The names that a key of the form {@code name_{1..136}} stands for; none after a fault. */
  public List<String> expand(String key) {
    try {
      return NameRange.expand(key);
    } catch (IllegalArgumentException e) {
      fault(key, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /**
   * The constant of an enum by its name in text.
   *
   * @param ofName finds it, or throws IllegalArgumentException
   */
  public <T> T named(String key, Function<String, T> ofName, T otherwise) {
    ConfigValue value = value(key);
    if (value == null) {
      return otherwise;
    }
    String name = text(key, "");
    try {
      return value.unwrapped() instanceof String ? ofName.apply(name) : otherwise;
    } catch (IllegalArgumentException e) {
      refused(key, e);
      return otherwise;
    }
  }

  /** A value in a fault. */
  String shown(ConfigValue value) {
    return wording.shown(value);
  }

  /** Notes what is wrong with the value of a key. */
  public void fault(String key, String what) {
    ConfigValue value = object.get(key);
    add(value == null ? object : value, key, wording.rule(what));
  }

  /** Notes what is wrong with one value of a list at a key. */
  public void fault(ConfigValue value, String key, String what) {
    add(value, key, wording.rule(what));
  }

  /** Notes what is wrong with the whole section. */
  public void fault(String what) {
    faults.add(new Fault(Hocon.place(object), path, path.isEmpty() ? what : ": " + what));
  }

  /** Notes that the value of a key was refused. */
  public void refused(String key, IllegalArgumentException e) {
    ConfigValue value = object.get(key);
    add(value == null ? object : value, key, wording.refused(String.valueOf(e.getMessage())));
  }

  /**
   * Notes why the values of this section were refused. A fault is reported at the place of its key,
   * or at that of the section where the key is none that was asked for.
   */
  public void refused(IllegalArgumentException e) {
    List<Fault> reported =
        e instanceof FaultsException all
            ? all.faults()
            : String.valueOf(e.getMessage()).lines().map(Fault::ofSentence).toList();
    for (Fault fault : reported) {
      String line = fault.line();
      int end = line.indexOf(' ');
      if (!fault.place().isEmpty()) {
        faults.add(fault);
      } else if (asked.contains(fault.key())) {
        fault(fault.key(), fault.rule());
      } else if (wording.namesKeysFirst() && end > 0 && asked.contains(line.substring(0, end))) {
        fault(line.substring(0, end), line.substring(end + 1));
      } else {
        fault(line);
      }
    }
  }

  /** Notes faults that have their places already. */
  public void add(List<Fault> placed) {
    faults.addAll(placed);
  }

  /** Notes keys that were not asked for. Comes after the last read. */
  public void rejectUnknownKeys() {
    for (String key : object.keySet()) {
      if (!asked.contains(key)) {
        String place = Hocon.place(Objects.requireNonNull(object.get(key)));
        faults.add(wording.unknown(place, key, at(key), asked));
      }
    }
  }

  /** Whether anything was wrong so far. */
  public boolean isFaulty() {
    return !faults.isEmpty();
  }

  /** Number of faults so far, of the whole text. */
  public int faultCount() {
    return faults.size();
  }

  /** The faults so far, of the whole text. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /**
   * Ends reading.
   *
   * @throws FaultsException with all faults, one a line
   */
  public void finish() {
    if (!faults.isEmpty()) {
      throw new FaultsException(faults);
    }
  }

  private <T> T read(String key, Class<T> type, T otherwise) {
    ConfigValue value = value(key);
    Object read = value == null ? null : Values.read(this, key, value, type);
    return read == null ? otherwise : type.cast(read);
  }

  private void add(ConfigValue value, String key, String rule) {
    faults.add(new Fault(Hocon.place(value), at(key), rule));
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(@Nullable ConfigValue value) {
    return value == null || value.valueType() == ConfigValueType.NULL;
  }
}
