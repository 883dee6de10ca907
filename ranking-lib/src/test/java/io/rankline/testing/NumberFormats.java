package io.rankline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Formats in sources that write a number in the digits of the machine's language. Names of files
 * were written in Arabic digits so, and not found again.
 */
public final class NumberFormats {

  private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
  private static final String CHAIN = "(" + LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*)";

  /** Literals before {@code .formatted(}, or first in {@code format(} or {@code printf(}. */
  private static final Pattern FORMAT =
      Pattern.compile(
          CHAIN + "\\s*\\)?\\s*\\.formatted\\(|(?:String\\.format|\\.printf)\\(\\s*" + CHAIN);

  private static final Pattern NUMBER = Pattern.compile("%[-#+ 0,(\\d.$]*[dfgeE]");

  private NumberFormats() {}

  /** Places of such formats below a folder. */
  public static List<String> withoutLocale(Path sources) throws IOException {
    List<String> places = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      String text = Files.readString(file);
      Matcher format = FORMAT.matcher(text);
      while (format.find()) {
        String literal = format.group(1) == null ? format.group(2) : format.group(1);
        if (NUMBER.matcher(literal.replace("%%", "")).find()) {
          long line = text.substring(0, format.start()).lines().count();
          places.add("%s, line %s: %s".formatted(file, line, literal));
        }
      }
    }
    return places;
  }
}
