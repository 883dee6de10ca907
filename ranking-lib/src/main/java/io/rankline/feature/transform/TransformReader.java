package io.rankline.feature.transform;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.SpecException;
import io.rankline.text.Hocon;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Wording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into transforms and collects every fault on the way. */
final class TransformReader {

  private final Section root;

  TransformReader(ConfigObject root) {
    this.root = Section.of(root, Wording.SPEC);
  }

  SortedMap<String, TransformChain> read() {
    SortedMap<String, TransformChain> result = new TreeMap<>();
    for (String key : root.keys()) {
      ConfigValue value = Objects.requireNonNull(root.value(key));
      TransformChain chain = chain(value, key);
      for (String name : root.expand(key)) {
        if (result.put(name, chain) != null) {
          root.fault(key, "gives '%s' a second time".formatted(name));
        }
      }
    }
    if (root.isFaulty()) {
      throw new SpecException(root.faults());
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
    if (value.unwrapped() instanceof String name) {
      return transform(name, value, path, root.empty(path, value));
    }
    if (value instanceof ConfigObject object
        && object.size() == 1
        && object.values().iterator().next() instanceof ConfigObject) {
      String name = object.keySet().iterator().next();
      Section entry = Objects.requireNonNull(root.below(path, value));
      return transform(name, value, path, Objects.requireNonNull(entry.below(name)));
    }
    root.fault(
        value,
        path,
        "must be the name of a transform, or one name with an object of parameters, got "
            + Hocon.shown(value));
    return null;
  }

  private @Nullable Transform transform(
      String name, ConfigValue value, String path, Section parameters) {
    SortedSet<String> known = new TreeSet<>(TransformText.MEMBERS.names());
    known.add(TransformText.CUSTOM);
    if (!known.contains(name)) {
      root.fault(value, path, KnownNames.didYouMean("transform", name, known));
      return null;
    }
    RecordCodec<?> codec =
        name.equals(TransformText.CUSTOM)
            ? RecordCodec.of(CustomText.class)
            : TransformText.MEMBERS.codec(name);
    int before = root.faultCount();
    Transform made =
        codec.read(
            parameters,
            values -> {
              try {
                Record read = codec.create(values);
                return read instanceof CustomText text ? text.make() : (Transform) read;
              } catch (IllegalArgumentException e) {
                if (root.faultCount() == before) {
                  root.fault(value, path, String.valueOf(e.getMessage()));
                }
                return null;
              }
            });
    parameters.rejectUnknownKeys();
    return made;
  }
}
