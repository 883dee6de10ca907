package io.rankline.feature;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.data.WeightLayout;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Wording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into a {@link RecordSpec} and collects every fault on the way. */
final class SpecReader {

  /** Whole doubles below 2^53 are the integer that was written. */
  private static final double MAX_EXACT = 1L << 53;

  private final Section root;

  SpecReader(ConfigObject root) {
    this.root = Section.of(root, Wording.SPEC);
  }

  RecordSpec read() {
    Map<String, FeatureSpec> context = features("context");
    Map<String, FeatureSpec> examples = features("example");
    List<LabelSpec> labels = labels(root.value("label"));
    WeightSpec weight = weight(root.value("weight"));
    root.rejectUnknownKeys();
    try {
      if (!root.isFaulty()) {
        return new RecordSpec(new TreeMap<>(context), new TreeMap<>(examples), labels, weight);
      }
    } catch (IllegalArgumentException e) {
      root.refused(e);
    }
    throw new SpecException(root.faults());
  }

  private Map<String, FeatureSpec> features(String name) {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    ConfigValue value = root.value(name);
    if (value instanceof ConfigObject object) {
      Section section = Objects.requireNonNull(root.below(name, object));
      object.forEach((key, entry) -> putFeatures(features, section, key, entry));
    } else if (value != null) {
      root.fault(name, "must be an object of features, got " + Hocon.shown(value));
    }
    return features;
  }

  private static void putFeatures(
      Map<String, FeatureSpec> features, Section section, String key, ConfigValue entry) {
    Section below = section.below(key, entry);
    if (below == null) {
      return;
    }
    FeatureSpec feature = feature(below);
    below.rejectUnknownKeys();
    for (String name : section.expand(key)) {
      if (feature != null && features.put(name, feature) != null) {
        below.fault("gives '%s' a second time".formatted(name));
      }
    }
  }

  private List<LabelSpec> labels(@Nullable ConfigValue value) {
    if (value == null) {
      return List.of();
    }
    List<ConfigValue> entries = value instanceof ConfigList list ? list : List.of(value);
    List<LabelSpec> labels = new ArrayList<>();
    for (int t = 0; t < entries.size(); t++) {
      String key = value instanceof ConfigList ? "label[" + t + "]" : "label";
      Section section = root.below(key, entries.get(t));
      NamedFeature named = section == null ? null : named(section);
      if (section == null) {
        continue;
      }
      section.rejectUnknownKeys();
      try {
        if (named != null) {
          labels.add(new LabelSpec(named.name(), named.feature()));
        }
      } catch (IllegalArgumentException e) {
        section.refused(e);
      }
    }
    return labels;
  }

  private @Nullable WeightSpec weight(@Nullable ConfigValue value) {
    Section section = value == null ? null : root.below("weight", value);
    if (section == null) {
      return null;
    }
    NamedFeature named = named(section);
    WeightLayout scope = section.named("scope", SpecReader::scope, WeightLayout.PER_ITEM);
    section.rejectUnknownKeys();
    try {
      return named == null ? null : new WeightSpec(named.name(), named.feature(), scope);
    } catch (IllegalArgumentException e) {
      section.refused(e);
      return null;
    }
  }

  private static WeightLayout scope(String name) {
    return switch (name) {
      case "item" -> WeightLayout.PER_ITEM;
      case "list" -> WeightLayout.PER_LIST;
      default -> throw new IllegalArgumentException("must be item or list");
    };
  }

  private record NamedFeature(String name, FixedLenFeature feature) {}

  private static @Nullable NamedFeature named(Section section) {
    String name = section.text("name", "");
    if (name.isEmpty()) {
      section.fault("name", "is missing");
    }
    FeatureSpec feature = feature(section);
    if (feature instanceof FixedLenFeature fixed) {
      return name.isEmpty() ? null : new NamedFeature(name, fixed);
    }
    if (feature != null) {
      section.fault("kind", "must be fixed_len, got " + FeatureKind.of(feature).wireName());
    }
    return null;
  }

  private static @Nullable FeatureSpec feature(Section section) {
    return RecordCodec.of(FeatureText.class)
        .read(
            section, values -> feature(section, RecordCodec.of(FeatureText.class).create(values)));
  }

  private static @Nullable FeatureSpec feature(Section section, FeatureText text) {
    if (text.kind() != FeatureKind.FIXED_LEN) {
      for (String key : List.of("shape", "default")) {
        if (section.has(key)) {
          section.fault(key, "is for kind fixed_len, not " + text.kind().wireName());
        }
      }
      return text.kind() == FeatureKind.VAR_LEN
          ? new VarLenFeature(text.dtype())
          : new RaggedFeature(text.dtype());
    }
    List<Object> defaults = defaults(section, text.defaults(), text.dtype());
    if (defaults == null) {
      return null;
    }
    List<Integer> shape = text.shape() == null ? List.of(1) : text.shape();
    FixedLenFeature bare = new FixedLenFeature(shape, text.dtype(), List.of());
    return new FixedLenFeature(
        shape,
        text.dtype(),
        defaults.size() == 1 ? Collections.nCopies(bare.width(), defaults.get(0)) : defaults);
  }

  /** Null after a fault. */
  private static @Nullable List<Object> defaults(
      Section section, @Nullable ConfigValue value, DType dtype) {
    List<Object> typed = new ArrayList<>();
    if (value == null) {
      return typed;
    }
    List<ConfigValue> values = value instanceof ConfigList list ? list : List.of(value);
    for (ConfigValue one : values) {
      Object read = typed(one.unwrapped(), dtype);
      if (read == null) {
        section.fault(
            "default", "must be of type %s, got %s".formatted(dtype.wireName(), Hocon.shown(one)));
      } else {
        typed.add(read);
      }
    }
    return typed.size() < values.size() ? null : typed;
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
}
