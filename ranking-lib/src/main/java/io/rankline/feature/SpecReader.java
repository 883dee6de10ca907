package io.rankline.feature;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into a {@link RecordSpec} and collects every fault on the way. */
final class SpecReader {

  private static final Set<String> SECTIONS = sorted("context", "example", "label", "weight");
  private static final Set<String> KINDS = sorted("fixed_len", "var_len", "ragged");
  private static final Set<String> FEATURE_KEYS = sorted("kind", "dtype", "shape", "default");
  private static final Set<String> LABEL_KEYS = sorted("kind", "dtype", "shape", "default", "name");
  private static final Set<String> WEIGHT_KEYS =
      sorted("kind", "dtype", "shape", "default", "name", "scope");

  /** Whole doubles below 2^53 are the integer that was written. */
  private static final double MAX_EXACT = 1L << 53;

  private final TextFaults faults = new TextFaults();

  RecordSpec read(ConfigObject root) {
    faults.checkKeys(root, SECTIONS, "");
    Map<String, FeatureSpec> context = features(root, "context");
    Map<String, FeatureSpec> examples = features(root, "example");
    List<LabelSpec> labels = labels(root.get("label"));
    WeightSpec weight = weight(root.get("weight"));
    RecordSpec spec = null;
    if (faults.count() == 0) {
      try {
        spec = new RecordSpec(new TreeMap<>(context), new TreeMap<>(examples), labels, weight);
      } catch (IllegalArgumentException e) {
        faults.add(root, "", String.valueOf(e.getMessage()));
      }
    }
    if (spec == null) {
      throw new SpecException(faults.problems());
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
      faults.add(value, section, "must be an object of features, got " + TextFaults.shown(value));
      return result;
    }
    entries.forEach(
        (key, entry) -> {
          String path = section + "." + key;
          if (!(entry instanceof ConfigObject object)) {
            faults.add(entry, path, "must be an object, got " + TextFaults.shown(entry));
            return;
          }
          faults.checkKeys(object, FEATURE_KEYS, path);
          FeatureSpec feature = feature(object, path);
          for (String name : faults.expand(object, path, key)) {
            if (feature != null && result.put(name, feature) != null) {
              faults.add(object, path, "gives '%s' a second time".formatted(name));
            }
          }
        });
    return result;
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
          faults.add(entries.get(t), path, String.valueOf(e.getMessage()));
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
        switch (faults.string(object, "weight", "scope", "item")) {
          case "item" -> WeightLayout.PER_ITEM;
          case "list" -> WeightLayout.PER_LIST;
          default -> WeightLayout.NONE;
        };
    if (scope == WeightLayout.NONE) {
      faults.add(value, "weight.scope", "must be item or list");
      return null;
    }
    if (named == null) {
      return null;
    }
    try {
      return new WeightSpec(named.name(), named.feature(), scope);
    } catch (IllegalArgumentException e) {
      faults.add(value, "weight", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private record NamedFeature(String name, FixedLenFeature feature) {}

  private @Nullable NamedFeature named(ConfigValue value, String path, Set<String> keys) {
    if (!(value instanceof ConfigObject object)) {
      faults.add(value, path, "must be an object, got " + TextFaults.shown(value));
      return null;
    }
    faults.checkKeys(object, keys, path);
    String name = faults.string(object, path, "name", "");
    if (name.isEmpty()) {
      faults.add(object, path + ".name", "is missing");
    }
    FeatureSpec feature = feature(object, path);
    if (feature == null || name.isEmpty()) {
      return null;
    }
    if (!(feature instanceof FixedLenFeature fixed)) {
      faults.add(object, path + ".kind", "must be fixed_len, got " + kindOf(feature));
      return null;
    }
    return new NamedFeature(name, fixed);
  }

  private @Nullable FeatureSpec feature(ConfigObject object, String path) {
    int before = faults.count();
    String kind = faults.string(object, path, "kind", "fixed_len");
    if (!KINDS.contains(kind)) {
      faults.add(object.get("kind"), path + ".kind", TextFaults.unknown("kind", kind, KINDS));
    }
    DType dtype = DType.FLOAT32;
    String dtypeName = faults.string(object, path, "dtype", "");
    if (dtypeName.isEmpty()) {
      if (!object.containsKey("dtype")) {
        faults.add(object, path + ".dtype", "is missing; it is one of float32, int64, string");
      }
    } else {
      try {
        dtype = DType.ofWireName(dtypeName);
      } catch (IllegalArgumentException e) {
        faults.add(object.get("dtype"), path + ".dtype", String.valueOf(e.getMessage()));
      }
    }
    if (!kind.equals("fixed_len")) {
      for (String key : List.of("shape", "default")) {
        if (object.containsKey(key)) {
          faults.add(object.get(key), path + "." + key, "is for kind fixed_len, not " + kind);
        }
      }
    }
    List<Integer> shape = shape(object, path);
    List<Object> defaults = defaults(object, path, dtype);
    if (faults.count() > before) {
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
      faults.add(object, path, String.valueOf(e.getMessage()));
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
          faults.add(
              dimension,
              path + ".shape",
              "must be a list of integers, got " + TextFaults.shown(dimension));
        }
      }
    } else {
      faults.add(
          value, path + ".shape", "must be a list of integers, got " + TextFaults.shown(value));
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
        faults.add(
            one,
            path + ".default",
            "must be of type %s, got %s".formatted(dtype.wireName(), TextFaults.shown(one)));
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

  private static Set<String> sorted(String... names) {
    return Collections.unmodifiableSet(new TreeSet<>(List.of(names)));
  }
}
