package io.rankline.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Finds the constant of an enum by the name that it has in text. */
public final class WireNames {

  private WireNames() {}

  /**
   * The constant of that name; others are refused with all names in the order of the enum.
   *
   * @param what the enum is, for the message, as {@code loss}
   * @param nameOf gives the name of a constant
   * @throws IllegalArgumentException for an unknown name
   */
  public static <E extends Enum<E>> E find(
      Class<E> type, String what, Function<E, String> nameOf, String name) {
    return find(type, nameOf, name, known -> unknown(what, name, known));
  }

  /** As {@link #find(Class, String, Function, String)}, with the names most like it first. */
  public static <E extends Enum<E>> E findNearest(
      Class<E> type, String what, Function<E, String> nameOf, String name) {
    return find(
        type, nameOf, name, known -> unknown(what, name, KnownNames.nearestFirst(name, known)));
  }

  /**
   * The constant of that name.
   *
   * @param message for an unknown name, made of the known ones
   * @throws IllegalArgumentException for an unknown name
   */
  public static <E extends Enum<E>> E find(
      Class<E> type,
      Function<E, String> nameOf,
      String name,
      Function<List<String>, String> message) {
    for (E constant : type.getEnumConstants()) {
      if (nameOf.apply(constant).equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(message.apply(names(type, nameOf)));
  }

  /** The names of all constants, in their order. */
  public static <E extends Enum<E>> List<String> names(Class<E> type, Function<E, String> nameOf) {
    return Arrays.stream(type.getEnumConstants()).map(nameOf).toList();
  }

  /** The message for a name that is none of these. */
  public static String unknown(String what, String name, List<String> known) {
    return "unknown %s '%s'; expected one of %s".formatted(what, name, String.join(", ", known));
  }
}
