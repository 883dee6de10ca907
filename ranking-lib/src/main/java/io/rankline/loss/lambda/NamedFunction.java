package io.rankline.loss.lambda;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gains and discounts by name: the standard ones by the name that they have in configuration, those
 * of a user by class, {@code com.acme.MyGain} or {@code com.acme.Gains#STEEP}.
 */
final class NamedFunction {

  private static final Map<String, Gain> GAINS =
      Map.of("exponential", Gain.EXPONENTIAL, "identity", Gain.IDENTITY);

  private static final Map<String, RankDiscount> DISCOUNTS =
      Map.of(
          "inverse_log2",
          RankDiscount.INVERSE_LOG2,
          "inverse_ln",
          RankDiscount.INVERSE_LN,
          "reciprocal",
          RankDiscount.RECIPROCAL);

  private NamedFunction() {}

  static Gain gain(String name) {
    Gain known = GAINS.get(name);
    return known != null ? known : ofClass(name, Gain.class, "gain", "exponential, identity");
  }

  static RankDiscount discount(String name) {
    RankDiscount known = DISCOUNTS.get(name);
    return known != null
        ? known
        : ofClass(name, RankDiscount.class, "discount", "inverse_log2, inverse_ln, reciprocal");
  }

  /** The name that reads back to an equal function. */
  static String nameOf(Object function) {
    Map<Object, String> names = new LinkedHashMap<>();
    GAINS.forEach((name, gain) -> names.put(gain, name));
    DISCOUNTS.forEach((name, discount) -> names.put(discount, name));
    String known = names.get(function);
    if (known != null) {
      return known;
    }
    if (function instanceof Enum<?> constant) {
      return constant.getDeclaringClass().getName() + "#" + constant.name();
    }
    String className = function.getClass().getName();
    boolean readsBack;
    try {
      readsBack = function.equals(newInstance(className));
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

  private static <T> T ofClass(String name, Class<T> family, String what, String known) {
    int hash = name.indexOf('#');
    try {
      if (hash < 0) {
        return family.cast(newInstance(name));
      }
      for (Object constant : Class.forName(name.substring(0, hash)).getEnumConstants()) {
        if (constant instanceof Enum<?> e && e.name().equals(name.substring(hash + 1))) {
          return family.cast(e);
        }
      }
    } catch (ReflectiveOperationException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(unknown(name, what, known), e);
    }
    throw new IllegalArgumentException(unknown(name, what, known));
  }

  private static Object newInstance(String className) throws ReflectiveOperationException {
    var constructor = Class.forName(className).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static String unknown(String name, String what, String known) {
    return "unknown %s '%s'; expected one of %s, or a class of yours".formatted(what, name, known);
  }
}
