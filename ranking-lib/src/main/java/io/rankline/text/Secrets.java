package io.rankline.text;

import java.util.regex.Pattern;

/** Keeps passwords out of what is printed or saved. */
public final class Secrets {

  /** What stands in the place of a secret. */
  public static final String HIDDEN = "***";

  private static final String NAMES =
      "password|passwd|pwd|secret|token|credential|(?:access|private)[._-]?key";

  private static final Pattern KEY = Pattern.compile("(?i).*(?:" + NAMES + ").*");

  /** {@code password=…} in the address of a database, up to what follows. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([\\w.-]*(?:" + NAMES + ")[\\w.-]*=)[^;&,\\s\"'})]+");

  /** {@code //user:password@host}, and Oracle's {@code thin:user/password@host}. */
  private static final Pattern USER =
      Pattern.compile("(//[^/\\s:@]+:|\\bthin:[^/\\s:@]+/)[^@/\\s]+(?=@)");

  private Secrets() {}

  /** Whether the value of an option of that name is nobody else's business. */
  public static boolean isSecret(String name) {
    return KEY.matcher(name).matches();
  }

  /** A text without the passwords in addresses that it holds. */
  public static String hidden(String text) {
    String parameters = PARAMETER.matcher(text).replaceAll("$1***");
    return USER.matcher(parameters).replaceAll("$1***");
  }
}
