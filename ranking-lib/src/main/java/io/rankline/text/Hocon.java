package io.rankline.text;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;

/** HOCON, which includes JSON: from text to objects and back. */
public final class Hocon {

  /** What the library's description of several places starts with; commas stand between them. */
  private static final String MERGED = "merge of ";

  private static final ConfigRenderOptions FORMATTED =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(true);

  private Hocon() {}

  /**
   * The object that a HOCON text is, with substitutions resolved.
   *
   * @param origin where the text comes from, for messages
   * @throws FaultsException if it is no HOCON
   */
  public static ConfigObject parse(String text, String origin) {
    return parse(text, origin, ConfigSyntax.CONF);
  }

  /**
   * The object that a JSON text is.
   *
   * @param origin where the text comes from, for messages
   * @throws FaultsException if it is no JSON
   */
  public static ConfigObject parseJson(String text, String origin) {
    return parse(text, origin, ConfigSyntax.JSON);
  }

  /** Maps, lists, numbers and texts as one line of JSON. */
  public static String render(Map<String, ?> description) {
    return ConfigValueFactory.fromMap(description).render(ConfigRenderOptions.concise());
  }

  /** Maps, lists, numbers and texts as JSON over many lines. */
  public static String renderFormatted(Map<String, ?> description) {
    return ConfigValueFactory.fromMap(description).render(FORMATTED);
  }

  /** A value as it stands in a text, on one line. */
  public static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  /** Whether the text is an object rather than a plain name. */
  public static boolean isObject(String text) {
    return text.stripLeading().startsWith("{");
  }

  /**
   * Where a value stands: {@code run.conf: 12}, or each such place of an object that was merged.
   */
  public static String place(ConfigValue value) {
    String description = value.origin().description();
    return description.startsWith(MERGED)
        ? description.substring(MERGED.length()).replace(",", " and ")
        : description;
  }

  /**
   * A number as JSON has it: infinite ones and NaN are texts there, and a float's shortest decimal
   * is the one that reads back to it.
   */
  public static Object plain(Number number) {
    if (!Double.isFinite(number.doubleValue())) {
      return number.toString();
    }
    return number instanceof Float ? Double.valueOf(number.toString()) : number;
  }

  private static ConfigObject parse(String text, String origin, ConfigSyntax syntax) {
    try {
      Config config =
          ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setSyntax(syntax).setOriginDescription(origin));
      return config.resolve().root();
    } catch (ConfigException e) {
      String message = e.getMessage() == null ? origin + ": cannot be read" : e.getMessage();
      throw new FaultsException(List.of(Fault.ofSentence(message)), e);
    }
  }
}
