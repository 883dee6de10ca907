package io.rankline.server.rest;

import io.rankline.server.model.ModelChoice;
import io.rankline.server.status.RequestFault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path below {@code /v1/} asks for.
 *
 * @param choice the model
 * @param verb predict, regress, classify, rank, explain; metadata or the empty text, for a GET
 */
public record RestPath(ModelChoice choice, String verb) {

  private static final String MODEL =
      "(?i)/v1/models/([^/:]+)(?:/versions/(\\d+)|/labels/([^/:]+))?";
  private static final Pattern POST =
      Pattern.compile(MODEL + ":(classify|regress|predict|rank|explain)");
  private static final Pattern GET = Pattern.compile(MODEL + "(?:/(metadata))?");
  private static final Pattern NO_MODEL = Pattern.compile("(?i)/v1/models(?:/metadata)?");

  /**
   * Reads a path.
   *
   * @param path as it was sent, without query
   * @throws RequestFault INVALID_ARGUMENT for what is no request
   */
  public static RestPath parse(String method, String path) throws RequestFault {
    boolean post = method.equals("POST");
    boolean get = method.equals("GET");
    if (get && NO_MODEL.matcher(path).matches()) {
      throw RequestFault.invalid("Missing model name in request.");
    }
    Matcher matcher = (post ? POST : GET).matcher(path);
    if (!(post || get) || !matcher.matches()) {
      throw RequestFault.invalid("Malformed request: %s %s".formatted(method, path));
    }
    String version = matcher.group(2);
    String label = matcher.group(3);
    String verb = matcher.group(4);
    return new RestPath(
        new ModelChoice(
            decoded(matcher.group(1)),
            version == null ? OptionalLong.empty() : OptionalLong.of(number(version)),
            label == null ? Optional.empty() : Optional.of(decoded(label))),
        verb == null ? "" : verb.toLowerCase(Locale.ROOT));
  }

  private static long number(String version) throws RequestFault {
    try {
      return Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw RequestFault.invalid("Failed to convert version: %s to numeric.".formatted(version));
    }
  }

  private static String decoded(String name) throws RequestFault {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestFault.invalid("Failed to decode model name:%s".formatted(name));
    }
  }
}
