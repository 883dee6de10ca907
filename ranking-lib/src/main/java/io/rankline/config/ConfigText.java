package io.rankline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.text.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The HOCON of a run: a file with its includes, under overrides. */
final class ConfigText {

  /** The library quotes keys with an underscore. */
  private static final Pattern NEEDLESS_QUOTES = Pattern.compile("(?m)^( *)\"(\\w+)\"(?==| \\{)");

  private static final String OPTIONS = "data.input_options";

  private static final List<String> TABLES =
      List.of("data.train_input", "data.valid_input", "data.test_input");

  private static final String SEED = "seed";

  /** The sections that draw; made-up data has a seed of its own, which says what data it is. */
  private static final List<String> SEEDED = List.of("data", "pipeline");

  private ConfigText() {}

  /**
   * The resolved configuration.
   *
   * @param overrides as {@code pipeline.num_epochs=3}; later ones win
   */
  static Config load(Path file, List<String> overrides) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "there is no configuration file '%s'; see conf/ for some".formatted(file));
    }
    return resolved(
        file.toString(),
        () ->
            // Of a bare name HOCON knows no folder, and finds nothing that stands beside it.
            ConfigFactory.parseFile(
                file.toAbsolutePath().toFile(), options(file.toString()).setAllowMissing(false)),
        overrides);
  }

  /** The resolved configuration of a text. */
  static Config parse(String text, List<String> overrides) {
    return parse(text, "configuration", overrides);
  }

  /**
   * The resolved configuration of a text.
   *
   * @param origin where it comes from, for messages
   */
  static Config parse(String text, String origin, List<String> overrides) {
    return resolved(origin, () -> ConfigFactory.parseString(text, options(origin)), overrides);
  }

  private static ConfigParseOptions options(String origin) {
    return ConfigParseOptions.defaults()
        .setOriginDescription(origin)
        .prependIncluder(new RequiredIncludes());
  }

  private static Config resolved(String origin, Supplier<Config> read, List<String> overrides) {
    try {
      Config config = withSeeds(read.get());
      Config kept = config;
      List<String> removed = new ArrayList<>();
      for (String override : withSeeds(overrides)) {
        int equals = override.indexOf('=');
        if (equals < 1) {
          throw new ConfigurationException(
              "an override has the form key=value, as pipeline.num_epochs=3, got '%s'"
                  .formatted(override));
        }
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        Config own = override(key, value);
        config = own.withFallback(config);
        if (value.equals("null")) {
          removed.add(key);
        } else {
          kept = own.withFallback(kept);
        }
      }
      return removed.isEmpty()
          ? config.resolve()
          : withoutRemoved(config.resolve(), kept.resolve(), removed);
    } catch (ConfigException.IO e) {
      // An include: the file itself was read before. Its cause has the name once more, and a class.
      String included = String.valueOf(e.getMessage()).replaceAll("(?s): .*", "");
      throw new ConfigurationException(
          "%s: there is no file '%s' to include, beside this one or as a path"
              .formatted(origin, included));
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(said(origin, e)), e);
    }
  }

  /** One seed for all that draws: what a section says of its own counts before it. */
  private static Config withSeeds(Config config) {
    Config all = config;
    if (config.root().containsKey(SEED)) {
      for (String section : SEEDED) {
        if (config.root().containsKey(section)) {
          all =
              all.withFallback(
                  ConfigFactory.parseString("%s.%s = ${%s}".formatted(section, SEED, SEED)));
        }
      }
    }
    return all;
  }

  /** The same of overrides, which count before all that the file says. */
  private static List<String> withSeeds(List<String> overrides) {
    List<String> all = new ArrayList<>();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals > 0
          && override.substring(0, equals).strip().equals(SEED)
          && !override.substring(equals + 1).strip().equals("null")) {
        SEEDED.forEach(section -> all.add(section + "." + override.strip()));
      }
    }
    all.addAll(overrides);
    return all;
  }

  private static String said(String origin, ConfigException e) {
    String message = e.getMessage() == null ? origin + ": cannot be read" : e.getMessage();
    return message.contains("Reserved character '@'")
        ? message + "; a metric is ndcg_5 or \"ndcg@5\" in a file"
        : message;
  }

  /**
   * Without the keys that an override sets to null: a scorer of another type knows none of those of
   * the file's. A key that was not there stays, so that a slip of the pen is told.
   *
   * @param kept what there is without those overrides
   */
  private static Config withoutRemoved(Config config, Config kept, List<String> keys) {
    Config left = config;
    for (String key : keys) {
      if (left.hasPathOrNull(key) && left.getIsNull(key) && kept.hasPathOrNull(key)) {
        left = left.withoutPath(key);
      }
    }
    return left;
  }

  /** The configuration as text, without comments and without passwords of tables' sources. */
  static String render(Config config) {
    String text =
        withoutSecrets(config)
            .root()
            .render(
                ConfigRenderOptions.defaults()
                    .setOriginComments(false)
                    .setComments(false)
                    .setJson(false));
    return NEEDLESS_QUOTES.matcher(text).replaceAll("$1$2");
  }

  private static Config withoutSecrets(Config config) {
    Config safe = config;
    for (String table : TABLES) {
      if (safe.hasPath(table) && safe.getValue(table).unwrapped() instanceof String address) {
        safe = safe.withValue(table, ConfigValueFactory.fromAnyRef(Secrets.hidden(address)));
      }
    }
    if (safe.hasPath(OPTIONS) && safe.getValue(OPTIONS) instanceof ConfigObject options) {
      for (Map.Entry<String, ConfigValue> option : options.entrySet()) {
        Object shown =
            Secrets.isSecret(option.getKey())
                ? Secrets.HIDDEN
                : option.getValue().unwrapped() instanceof String text
                    ? Secrets.hidden(text)
                    : option.getValue().unwrapped();
        options = options.withValue(option.getKey(), ConfigValueFactory.fromAnyRef(shown));
      }
      safe = safe.withValue(OPTIONS, options);
    }
    return safe;
  }

  /**
   * An override as HOCON reads it, and where it is no HOCON, as a path with a glob, as it stands.
   */
  private static Config override(String key, String text) {
    String origin = "--set " + key;
    try {
      return ConfigFactory.parseString(
          key + " = " + text, ConfigParseOptions.defaults().setOriginDescription(origin));
    } catch (ConfigException e) {
      return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(text, origin));
    }
  }
}
