package io.rankline.text;

import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.TreeSet;

/** How the faults of a text are worded. */
public enum Wording {
  /** {@code run.conf: 4: data.seed must be a whole number, got "a"}. */
  SETTINGS {
    @Override
    String rule(String what) {
      return what;
    }

    @Override
    String refused(String message) {
      return "is wrong: " + message;
    }

    @Override
    Fault unknown(String place, String key, String path, Collection<String> known) {
      return new Fault(
          place, "", "unknown key %s; %s".formatted(path, KnownNames.meant(key, known)));
    }
  },

  /** {@code option assembled must be true or false, got 'yes'}: values as somebody typed them. */
  OPTIONS {
    @Override
    String rule(String what) {
      return what;
    }

    @Override
    String refused(String message) {
      return ": " + message;
    }

    @Override
    String shown(ConfigValue value) {
      return "'" + value.unwrapped() + "'";
    }

    @Override
    Fault unknown(String place, String key, String path, Collection<String> known) {
      return SETTINGS.unknown(place, key, path, known);
    }
  },

  /** {@code run.conf: 4: example.price.dtype: is missing}. */
  SPEC {
    @Override
    String rule(String what) {
      return ": " + what;
    }

    @Override
    String refused(String message) {
      return rule(message);
    }

    @Override
    Fault unknown(String place, String key, String path, Collection<String> known) {
      return new Fault(place, path, rule(KnownNames.didYouMean("key", key, new TreeSet<>(known))));
    }
  };

  /** Whether a refusal that starts with a key is reported at that key. */
  boolean namesKeysFirst() {
    return this != SPEC;
  }

  /** A value in a fault. */
  String shown(ConfigValue value) {
    return Hocon.shown(value);
  }

  /** What follows a key in a fault. */
  abstract String rule(String what);

  /** What follows a key whose value was refused with a message of its own. */
  abstract String refused(String message);

  /** The fault of a key that was not asked for. */
  abstract Fault unknown(String place, String key, String path, Collection<String> known);
}
