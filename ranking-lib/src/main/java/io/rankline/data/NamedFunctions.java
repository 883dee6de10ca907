package io.rankline.data;

import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

  private abstract static class NameForm<F> implements Form<F> {

    private final NamedFunctions<F> names;

    NameForm(NamedFunctions<F> names) {
      this.names = names;
    }

    @Override
    public @Nullable F read(Section section, String key, ConfigValue value) {
      if (!(value.unwrapped() instanceof String name)) {
        section.fault(key, "must be a text, got " + Hocon.shown(value));
        return null;
      }
      try {
        return names.read(name);
      } catch (IllegalArgumentException e) {
        section.refused(key, e);
        return null;
      }
    }

    @Override
    public Object write(F function) {
      return names.nameOf(function);
    }

    @Override
    public String words() {
      return "the name of a %s, or its class".formatted(names.what);
    }
  }

  /** A gain as an option: its name. */
  public static final class GainForm extends NameForm<Gain> {
    GainForm() {
      super(GAINS);
    }
  }

  /** A discount as an option: its name. */
  public static final class DiscountForm extends NameForm<RankDiscount> {
    DiscountForm() {
      super(DISCOUNTS);
    }
  }

  private record Named<F>(String name, String shortName, F function) {}
}
