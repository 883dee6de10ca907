package io.rankline.feature.transform;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.SpecException;
import io.rankline.feature.TextFaults;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into transforms and collects every fault on the way. */
final class TransformReader {

  static final String LOG1P = "log1p";
  static final String CLIP = "clip";
  static final String BUCKETIZE = "bucketize";
  static final String ONE_HOT = "one_hot";
  static final String CUSTOM = "custom";

  private static final Map<String, Set<String>> KEYS =
      new TreeMap<>(
          Map.of(
              LOG1P,
              Set.of("cutoff"),
              CLIP,
              sorted("min", "max"),
              BUCKETIZE,
              sorted("boundaries", "output"),
              ONE_HOT,
              Set.of("depth"),
              ZScore.NAME,
              sorted("mean", "deviation"),
              MinMax.NAME,
              sorted("min", "max"),
              CUSTOM,
              sorted("class", "options")));

  private final TextFaults faults = new TextFaults();

  SortedMap<String, TransformChain> read(ConfigObject root) {
    SortedMap<String, TransformChain> result = new TreeMap<>();
    root.forEach(
        (key, value) -> {
          TransformChain chain = chain(value, key);
          for (String name : faults.expand(value, key, key)) {
            if (result.put(name, chain) != null) {
              faults.add(value, key, "gives '%s' a second time".formatted(name));
            }
          }
        });
    if (faults.count() > 0) {
      throw new SpecException(faults.problems());
    }
    return Collections.unmodifiableSortedMap(result);
  }

  private TransformChain chain(ConfigValue value, String path) {
    List<Transform> transforms = new ArrayList<>();
    List<ConfigValue> entries = value instanceof ConfigList list ? list : List.of(value);
    for (int i = 0; i < entries.size(); i++) {
      String place = value instanceof ConfigList ? path + "[" + i + "]" : path;
      Transform transform = transform(entries.get(i), place);
      if (transform != null) {
        transforms.add(transform);
      }
    }
    return new TransformChain(transforms);
  }

  private @Nullable Transform transform(ConfigValue value, String path) {
    String name = "";
    Parameters parameters = null;
    if (value.unwrapped() instanceof String text) {
      name = text;
      parameters = new Parameters(value, null, path);
    } else if (value instanceof ConfigObject object
        && object.size() == 1
        && object.values().iterator().next() instanceof ConfigObject entry) {
      name = object.keySet().iterator().next();
      parameters = new Parameters(value, entry, path + "." + name);
    }
    if (parameters == null) {
      faults.add(
          value,
          path,
          "must be the name of a transform, or one name with an object of parameters, got "
              + TextFaults.shown(value));
      return null;
    }
    Set<String> keys = KEYS.get(name);
    if (keys == null) {
      faults.add(value, path, TextFaults.unknown("transform", name, KEYS.keySet()));
      return null;
    }
    int before = faults.count();
    if (parameters.object != null) {
      faults.checkKeys(parameters.object, keys, parameters.path);
    }
    try {
      Transform transform = make(name, parameters);
      return faults.count() > before ? null : transform;
    } catch (IllegalArgumentException e) {
      if (faults.count() == before) {
        faults.add(value, path, String.valueOf(e.getMessage()));
      }
      return null;
    }
  }

  private Transform make(String name, Parameters parameters) {
    return switch (name) {
      case LOG1P ->
          new Log1p(
              parameters.has("cutoff") ? parameters.number("cutoff") : Float.POSITIVE_INFINITY);
      case CLIP -> new Clip(parameters.number("min"), parameters.number("max"));
      case BUCKETIZE -> new Bucketize(parameters.numbers("boundaries"), output(parameters));
      case ONE_HOT -> new OneHot(parameters.wholeNumber("depth"));
      case ZScore.NAME ->
          parameters.isEmpty()
              ? Transform.Z_SCORE
              : new ZScore(parameters.numbers("mean"), parameters.numbers("deviation"));
      case MinMax.NAME ->
          parameters.isEmpty()
              ? Transform.MIN_MAX
              : new MinMax(parameters.numbers("min"), parameters.numbers("max"));
      default -> custom(parameters);
    };
  }

  private static Bucketize.Output output(Parameters parameters) {
    String output = parameters.has("output") ? parameters.text("output") : "one_hot";
    return switch (output) {
      case "one_hot" -> Bucketize.Output.ONE_HOT;
      case "index" -> Bucketize.Output.INDEX;
      default ->
          throw new IllegalArgumentException(
              "output of bucketize must be one_hot or index, got " + output);
    };
  }

  private Transform custom(Parameters parameters) {
    String className = parameters.text("class");
    Map<String, String> options = parameters.options();
    Object made;
    try {
      Class<?> type = Class.forName(className, true, loader());
      made = construct(type, options);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "transform %s refuses its options %s: %s"
              .formatted(className, options, cause.getMessage()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "no transform %s; a class on the classpath is needed, with a public constructor without"
                  .formatted(className)
              + " parameters or with one Map of options",
          e);
    }
    if (made instanceof CustomTransform transform) {
      return transform;
    }
    throw new IllegalArgumentException(
        "%s must implement %s".formatted(className, CustomTransform.class.getName()));
  }

  private static Object construct(Class<?> type, Map<String, String> options)
      throws ReflectiveOperationException {
    for (Constructor<?> constructor : type.getConstructors()) {
      Class<?>[] takes = constructor.getParameterTypes();
      if (takes.length == 1 && takes[0] == Map.class) {
        return constructor.newInstance(options);
      }
    }
    if (!options.isEmpty()) {
      throw new NoSuchMethodException("a constructor with one Map");
    }
    return type.getConstructor().newInstance();
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? TransformReader.class.getClassLoader() : context;
  }

  private static Set<String> sorted(String... names) {
    return Collections.unmodifiableSet(new TreeSet<>(List.of(names)));
  }

  /** The parameters of one transform in the text. */
  private final class Parameters {
    final ConfigValue value;
    final @Nullable ConfigObject object;
    final String path;

    Parameters(ConfigValue value, @Nullable ConfigObject object, String path) {
      this.value = value;
      this.object = object;
      this.path = path;
    }

    boolean isEmpty() {
      return object == null || object.isEmpty();
    }

    boolean has(String key) {
      return object != null && object.containsKey(key);
    }

    float number(String key) {
      List<Float> numbers = numbers(key);
      return numbers.isEmpty() ? Float.NaN : numbers.get(0);
    }

    int wholeNumber(String key) {
      float number = number(key);
      ConfigValue entry = object == null ? null : object.get(key);
      if (entry != null && number != (int) number && !Float.isNaN(number)) {
        faults.add(
            entry, path + "." + key, "must be a whole number, got " + TextFaults.shown(entry));
      }
      return (int) number;
    }

    List<Float> numbers(String key) {
      ConfigValue entry = entry(key);
      List<Float> result = new ArrayList<>();
      if (entry == null) {
        return result;
      }
      for (ConfigValue one : entry instanceof ConfigList list ? list : List.of(entry)) {
        if (one.unwrapped() instanceof Number number) {
          result.add(number.floatValue());
        } else if (one.unwrapped() instanceof String text && text.endsWith("Infinity")) {
          result.add(text.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
        } else {
          faults.add(one, path + "." + key, "must be a number, got " + TextFaults.shown(one));
        }
      }
      return result;
    }

    String text(String key) {
      ConfigValue entry = entry(key);
      return entry == null || object == null ? "" : faults.string(object, path, key, "");
    }

    Map<String, String> options() {
      Map<String, String> result = new TreeMap<>();
      if (object != null && object.get("options") instanceof ConfigObject options) {
        options.forEach((key, one) -> result.put(key, String.valueOf(one.unwrapped())));
      } else if (has("options")) {
        faults.add(entry("options"), path + ".options", "must be an object of strings");
      }
      return result;
    }

    private @Nullable ConfigValue entry(String key) {
      ConfigValue entry = object == null ? null : object.get(key);
      if (entry == null) {
        faults.add(value, path + "." + key, "is missing");
      }
      return entry;
    }
  }
}
