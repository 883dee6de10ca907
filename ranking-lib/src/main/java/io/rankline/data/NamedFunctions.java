package io.rankline.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gains and discounts by name, for losses and metrics alike. The standard ones have a name and a
 * short name, of which either is read; one of a user's own has the name of its class, {@code
 * com.acme.MyGain}, or {@code com.acme.Gains#STEEP} where it is a constant of an enum.
 *
 * @param <F> {@link Gain} or {@link RankDiscount}
 */
public final class NamedFunctions<F> {

  /** {@code exponential} and {@code identity}. */
  public static final NamedFunctions<Gain> GAINS =
      new NamedFunctions<>(
          "gain",
          Gain.class,
          List.of(
              new Named<>("exponential", "exponential", Gain.EXPONENTIAL),
              new Named<>("identity", "identity", Gain.IDENTITY)));

  /**
   * {@code inverse_log2}, {@code inverse_ln} and {@code reciprocal}, for short {@code log2}, {@code
   * ln} and {@code reciprocal}.
   */
  public static final NamedFunctions<RankDiscount> DISCOUNTS =
      new NamedFunctions<>(
          "discount",
          RankDiscount.class,
          List.of(
              new Named<>("inverse_log2", "log2", RankDiscount.INVERSE_LOG2),
              new Named<>("inverse_ln", "ln", RankDiscount.INVERSE_LN),
              new Named<>("reciprocal", "reciprocal", RankDiscount.RECIPROCAL)));

  private final String what;
  private final Class<F> family;
  private final List<Named<F>> standard;

  private NamedFunctions(String what, Class<F> family, List<Named<F>> standard) {
    this.what = what;
    this.family = family;
    this.standard = standard;
  }

  /**
   * The function of a name.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public F read(String name) {
    Optional<Named<F>> known =
        standard(named -> named.name.equals(name) || named.shortName.equals(name));
    try {
      return known.isPresent() ? known.get().function : ofClass(name);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "unknown %s '%s'; expected one of %s, or a class of yours"
              .formatted(
                  what, name, String.join(", ", standard.stream().map(Named::name).toList())),
          e);
    }
  }

  /**
   * The name that reads back to an equal function.
   *
   * @throws IllegalArgumentException if the function has parameters and no name
   */
  public String nameOf(F function) {
    Optional<Named<F>> known = standard(named -> named.function.equals(function));
    if (known.isPresent()) {
      return known.get().name;
    }
    if (function instanceof Enum<?> constant) {
      return constant.getDeclaringClass().getName() + "#" + constant.name();
    }
    String className = function.getClass().getName();
    boolean readsBack;
    try {
      readsBack = function.equals(ofClass(className));
    } catch (ReflectiveOperationException e) {
      readsBack = false;
    }
    if (!readsBack) {
      throw new IllegalArgumentException(
          "%s cannot be written as text: make it an enum, or a record without parameters"
              .formatted(function));
    }
    return className;
  }

  /** The short name of a standard function, else what the function says of itself. */
  public String shortNameOf(F function) {
    return standard(named -> named.function.equals(function))
        .map(Named::shortName)
        .orElseGet(() -> String.valueOf(function));
  }

  /** The short names of the standard functions, in the order of the alphabet. */
  public List<String> shortNames() {
    return standard.stream().map(Named::shortName).sorted().toList();
  }

  private Optional<Named<F>> standard(Predicate<Named<F>> wanted) {
    return standard.stream().filter(wanted).findFirst();
  }

  private F ofClass(String name) throws ReflectiveOperationException {
    int hash = name.indexOf('#');
    if (hash < 0) {
      var constructor = Class.forName(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return family.cast(constructor.newInstance());
    }
    Object[] constants = Class.forName(name.substring(0, hash)).getEnumConstants();
    for (Object constant : constants == null ? new Object[0] : constants) {
      if (constant instanceof Enum<?> e && e.name().equals(name.substring(hash + 1))) {
        return family.cast(e);
      }
    }
    throw new ClassNotFoundException(name);
  }

  private record Named<F>(String name, String shortName, F function) {}
}
