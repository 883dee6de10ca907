package io.rankline.feature;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.rankline.data.KnownNames;
import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into a {@link RecordSpec} and collects every fault on the way. */
final class SpecReader {

  private static final Set<String> SECTIONS = sorted("context", "example", "label", "weight");
  private static final Set<String> KINDS = sorted("fixed_len", "var_len", "ragged");
  private static final Set<String> FEATURE_KEYS = sorted("kind", "dtype", "shape", "default");
  private static final Set<String> LABEL_KEYS = sorted("kind", "dtype", "shape", "default", "name");
  private static final Set<String> WEIGHT_KEYS =
      sorted("kind", "dtype", "shape", "default", "name", "scope");

  /** {@code name_{1..136}}. */
  private static final Pattern RANGE = Pattern.compile("(.*)\\{(\\d{1,9})\\.\\.(\\d{1,9})}(.*)");

  /** Whole doubles below 2^53 are the integer that was written. */
  private static final double MAX_EXACT = 1L << 53;

  private static final int MAX_RANGE = 1_000_000;

  private final List<String> problems = new ArrayList<>();

  RecordSpec read(ConfigObject root) {
    checkKeys(root, SECTIONS, "");
    Map<String, FeatureSpec> context = features(root, "context");
    Map<String, FeatureSpec> examples = features(root, "example");
    List<LabelSpec> labels = labels(root.get("label"));
    WeightSpec weight = weight(root.get("weight"));
    RecordSpec spec = null;
    if (problems.isEmpty()) {
      try {
        spec = new RecordSpec(new TreeMap<>(context), new TreeMap<>(examples), labels, weight);
      } catch (IllegalArgumentException e) {
        fault(root, "", String.valueOf(e.getMessage()));
      }
    }
    if (spec == null) {
      throw new SpecException(problems);
    }
    return spec;
  }

  static String kindOf(FeatureSpec feature) {
    if (feature instanceof FixedLenFeature) {
      return "fixed_len";
    }
    return feature instanceof VarLenFeature ? "var_len" : "ragged";
  }

  private Map<String, FeatureSpec> features(ConfigObject root, String section) {
    Map<String, FeatureSpec> result = new LinkedHashMap<>();
    ConfigValue value = root.get(section);
    if (value == null) {
      return result;
    }
    if (!(value instanceof ConfigObject entries)) {
      fault(value, section, "must be an object of features, got " + shown(value));
      return result;
    }
    entries.forEach(
        (key, entry) -> {
          String path = section + "." + key;
          if (!(entry instanceof ConfigObject object)) {
            fault(entry, path, "must be an object, got " + shown(entry));
            return;
          }
          checkKeys(object, FEATURE_KEYS, path);
          FeatureSpec feature = feature(object, path);
          for (String name : expand(object, path, key)) {
            if (feature != null && result.put(name, feature) != null) {
              fault(object, path, "gives '%s' a second time".formatted(name));
            }
          }
        });
    return result;
  }

  private List<String> expand(ConfigObject object, String path, String key) {
    Matcher range = RANGE.matcher(key);
    if (!range.matches()) {
      return List.of(key);
    }
    int from = Integer.parseInt(range.group(2));
    int to = Integer.parseInt(range.group(3));
    if (from > to || to - from >= MAX_RANGE) {
      fault(
          object,
          path,
          "range {%d..%d} must ascend and name at most %d features".formatted(from, to, MAX_RANGE));
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      names.add(range.group(1) + i + range.group(4));
    }
    return names;
  }

  private List<LabelSpec> labels(@Nullable ConfigValue value) {
    if (value == null) {
      return List.of();
    }
    List<ConfigValue> entries = value instanceof ConfigList list ? list : List.of(value);
    List<LabelSpec> result = new ArrayList<>();
    for (int t = 0; t < entries.size(); t++) {
      String path = value instanceof ConfigList ? "label[" + t + "]" : "label";
      NamedFeature named = named(entries.get(t), path, LABEL_KEYS);
      if (named != null) {
        try {
          result.add(new LabelSpec(named.name(), named.feature()));
        } catch (IllegalArgumentException e) {
          fault(entries.get(t), path, String.valueOf(e.getMessage()));
        }
      }
    }
    return result;
  }

  private @Nullable WeightSpec weight(@Nullable ConfigValue value) {
    if (value == null) {
      return null;
    }
    NamedFeature named = named(value, "weight", WEIGHT_KEYS);
    if (!(value instanceof ConfigObject object)) {
      return null;
    }
    WeightLayout scope =
        switch (string(object, "weight", "scope", "item")) {
          case "item" -> WeightLayout.PER_ITEM;
          case "list" -> WeightLayout.PER_LIST;
          default -> WeightLayout.NONE;
        };
    if (scope == WeightLayout.NONE) {
      fault(value, "weight.scope", "must be item or list");
      return null;
    }
    if (named == null) {
      return null;
    }
    try {
      return new WeightSpec(named.name(), named.feature(), scope);
    } catch (IllegalArgumentException e) {
      fault(value, "weight", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private record NamedFeature(String name, FixedLenFeature feature) {}

  private @Nullable NamedFeature named(ConfigValue value, String path, Set<String> keys) {
    if (!(value instanceof ConfigObject object)) {
      fault(value, path, "must be an object, got " + shown(value));
      return null;
    }
    checkKeys(object, keys, path);
    String name = string(object, path, "name", "");
    if (name.isEmpty()) {
      fault(object, path + ".name", "is missing");
    }
    FeatureSpec feature = feature(object, path);
    if (feature == null || name.isEmpty()) {
      return null;
    }
    if (!(feature instanceof FixedLenFeature fixed)) {
      fault(object, path + ".kind", "must be fixed_len, got " + kindOf(feature));
      return null;
    }
    return new NamedFeature(name, fixed);
  }

  private @Nullable FeatureSpec feature(ConfigObject object, String path) {
    int before = problems.size();
    String kind = string(object, path, "kind", "fixed_len");
    if (!KINDS.contains(kind)) {
      fault(object.get("kind"), path + ".kind", unknown("kind", kind, KINDS));
    }
    DType dtype = DType.FLOAT32;
    String dtypeName = string(object, path, "dtype", "");
    if (dtypeName.isEmpty()) {
      if (!object.containsKey("dtype")) {
        fault(object, path + ".dtype", "is missing; it is one of float32, int64, string");
      }
    } else {
      try {
        dtype = DType.ofWireName(dtypeName);
      } catch (IllegalArgumentException e) {
        fault(object.get("dtype"), path + ".dtype", String.valueOf(e.getMessage()));
      }
    }
    if (!kind.equals("fixed_len")) {
      for (String key : List.of("shape", "default")) {
        if (object.containsKey(key)) {
          fault(object.get(key), path + "." + key, "is for kind fixed_len, not " + kind);
        }
      }
    }
    List<Integer> shape = shape(object, path);
    List<Object> defaults = defaults(object, path, dtype);
    if (problems.size() > before) {
      return null;
    }
    if (kind.equals("var_len")) {
      return new VarLenFeature(dtype);
    }
    if (kind.equals("ragged")) {
      return new RaggedFeature(dtype);
    }
    try {
      FixedLenFeature bare = new FixedLenFeature(shape, dtype, List.of());
      return new FixedLenFeature(
          shape,
          dtype,
          defaults.size() == 1 ? Collections.nCopies(bare.width(), defaults.get(0)) : defaults);
    } catch (IllegalArgumentException e) {
      fault(object, path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private List<Integer> shape(ConfigObject object, String path) {
    ConfigValue value = object.get("shape");
    if (value == null) {
      return List.of(1);
    }
    List<Integer> shape = new ArrayList<>();
    if (value instanceof ConfigList list) {
      for (ConfigValue dimension : list) {
        if (dimension.unwrapped() instanceof Integer number) {
          shape.add(number);
        } else {
          fault(dimension, path + ".shape", "must be a list of integers, got " + shown(dimension));
        }
      }
    } else {
      fault(value, path + ".shape", "must be a list of integers, got " + shown(value));
    }
    return shape;
  }

  private List<Object> defaults(ConfigObject object, String path, DType dtype) {
    ConfigValue value = object.get("default");
    List<Object> result = new ArrayList<>();
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return result;
    }
    for (ConfigValue one : value instanceof ConfigList list ? list : List.of(value)) {
      Object typed = typed(one.unwrapped(), dtype);
      if (typed == null) {
        fault(
            one,
            path + ".default",
            "must be of type %s, got %s".formatted(dtype.wireName(), shown(one)));
      } else {
        result.add(typed);
      }
    }
    return result;
  }

  private static @Nullable Object typed(@Nullable Object value, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> {
        if (value instanceof Number number) {
          yield number.floatValue();
        }
        yield "NaN".equals(value) ? Float.NaN : null;
      }
      case INT64 -> {
        if (value instanceof Double number) {
          yield number == Math.rint(number) && Math.abs(number) < MAX_EXACT
              ? number.longValue()
              : null;
        }
        yield value instanceof Number number ? number.longValue() : null;
      }
      case STRING -> value instanceof String ? value : null;
    };
  }

  private String string(ConfigObject object, String path, String key, String otherwise) {
    ConfigValue value = object.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    fault(value, path + "." + key, "must be a string, got " + shown(value));
    return otherwise;
  }

  private void checkKeys(ConfigObject object, Set<String> known, String path) {
    object.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            fault(value, path.isEmpty() ? key : path + "." + key, unknown("key", key, known));
          }
        });
  }

  private static String unknown(String what, String name, Set<String> known) {
    return "unknown %s '%s'; did you mean '%s'? Known: %s"
        .formatted(
            what, name, KnownNames.nearestFirst(name, known).get(0), String.join(", ", known));
  }

  private void fault(@Nullable ConfigValue value, String path, String what) {
    String place = value == null ? "" : value.origin().description() + ": ";
    problems.add(place + (path.isEmpty() ? what : path + ": " + what));
  }

  private static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static Set<String> sorted(String... names) {
    return Collections.unmodifiableSet(new TreeSet<>(List.of(names)));
  }
}
