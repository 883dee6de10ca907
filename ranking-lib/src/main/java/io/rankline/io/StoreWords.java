package io.rankline.io;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What connectors say of a store that refuses, in one line: the server's own sentence and its
 * status, without names of classes, numbers of requests and JSON.
 */
public final class StoreWords {

  /** Google's answer: the status, the request, and a text in JSON. */
  private static final Pattern GOOGLE =
      Pattern.compile("(?s)(.*?\\b[45]\\d\\d [A-Z][\\w ]+?)\\s*\\n[A-Z]+ http.*?\\n\\{(.*)\\}.*");

  private static final Pattern JSON_MESSAGE = Pattern.compile("\"message\" : \"([^\"]+)\"");

  /** Amazon's: a sentence, and then who answered what to which request. */
  private static final Pattern AMAZON =
      Pattern.compile(
          " \\(Service: [^;]*; Status Code: (\\d+); Error Code: (?:\\d+ )?([^;]+); Request ID:"
              + " [^)]*\\)(?:, S3 Extended Request ID: [^:]*:[\\w ]+)?");

  private static final Pattern CLASS =
      Pattern.compile(
          "(?:details=)?(?:com\\.amazonaws|com\\.google|org\\.apache\\.hadoop\\.fs\\.s3a)\\.[\\w.]+"
              + "Exception: ");

  private static final Pattern TWICE = Pattern.compile("(: [^:]+ \\(\\d+ [\\w ]+\\))\\1");

  private StoreWords() {}

  /** The same in one line where it comes from a store; other messages are returned as they are. */
  public static String of(String message) {
    String words = message;
    Matcher google = GOOGLE.matcher(words);
    if (google.matches()) {
      Matcher text = JSON_MESSAGE.matcher(google.group(2));
      words = google.group(1) + (text.find() ? ": " + text.group(1).replaceFirst("\\.$", "") : "");
    }
    words = AMAZON.matcher(words).replaceAll(" ($1 $2)");
    words = CLASS.matcher(words).replaceAll("");
    return TWICE.matcher(words).replaceAll("$1");
  }
}
