package io.rankline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The HOCON of a run: a file with its includes, under overrides. */
final class ConfigText {

  /** The library quotes keys with an underscore. */
  private static final Pattern NEEDLESS_QUOTES = Pattern.compile("(?m)^( *)\"(\\w+)\"(?==| \\{)");

  private static final String PASSWORD = "data.input_options.password";

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
            ConfigFactory.parseFile(
                file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)),
        overrides);
  }

  /** The resolved configuration of a text. */
  static Config parse(String text, List<String> overrides) {
    String origin = "configuration";
    return resolved(
        origin,
        () ->
            ConfigFactory.parseString(
                text, ConfigParseOptions.defaults().setOriginDescription(origin)),
        overrides);
  }

  private static Config resolved(String origin, Supplier<Config> read, List<String> overrides) {
    try {
      Config config = read.get();
      for (String override : overrides) {
        int equals = override.indexOf('=');
        if (equals < 1) {
          throw new ConfigurationException(
              "an override has the form key=value, as pipeline.num_epochs=3, got '%s'"
                  .formatted(override));
        }
        String key = override.substring(0, equals).strip();
        config = override(key, override.substring(equals + 1).strip()).withFallback(config);
      }
      return config.resolve();
    } catch (ConfigException e) {
      throw new ConfigurationException(
          List.of(e.getMessage() == null ? origin + ": cannot be read" : e.getMessage()), e);
    }
  }

  /** The configuration as text, without comments and without the password of a table's source. */
  static String render(Config config) {
    String text =
        (config.hasPath(PASSWORD)
                ? config.withValue(PASSWORD, ConfigValueFactory.fromAnyRef("***"))
                : config)
            .root()
            .render(
                ConfigRenderOptions.defaults()
                    .setOriginComments(false)
                    .setComments(false)
                    .setJson(false));
    return NEEDLESS_QUOTES.matcher(text).replaceAll("$1$2");
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
