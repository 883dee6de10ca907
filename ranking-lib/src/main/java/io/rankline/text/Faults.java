package io.rankline.text;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the values of a record, for its constructor. Immutable.
 *
 * <pre>{@code
 * public Clip {
 *   Faults.in(Clip.class, min, max)
 *       .addUnless(min < max, "min", "must be below max, got %s and %s", min, max)
 *       .orThrow();
 * }
 * }</pre>
 */
public final class Faults {

  /** No fault so far. */
  public static final Faults NONE = new Faults(List.of());

  private final List<Fault> faults;

  private Faults(List<Fault> faults) {
    this.faults = faults;
  }

  /**
   * What the rules of {@link Option} say about these values.
   *
   * @param values of all components, in their order
   */
  public static Faults in(Class<? extends Record> type, @Nullable Object... values) {
    List<Fault> broken = RecordCodec.of(type).broken(values);
    return broken.isEmpty() ? NONE : new Faults(broken);
  }

  /** These faults and one more. */
  public Faults add(String key, String rule) {
    return addAll(List.of(Fault.of(key, rule)));
  }

  /** These faults and others. */
  public Faults addAll(List<Fault> others) {
    return new Faults(Stream.concat(faults.stream(), others.stream()).toList());
  }

  /**
   * These faults, and one more if the condition does not hold.
   *
   * @param rule a format for the values: {@code must be below max, got %s and %s}
   */
  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
  public Faults addUnless(boolean holds, String key, String rule, @Nullable Object... values) {
    return holds ? this : add(key, rule.formatted(values));
  }

  /**
   * Ends the checks.
   *
   * @throws FaultsException with all faults, if there are any
   */
  public void orThrow() {
    if (!faults.isEmpty()) {
      throw new FaultsException(faults);
    }
  }

  /** Ends the checks with an exception of one's own. */
  public void orThrow(Function<List<Fault>, ? extends FaultsException> exception) {
    if (!faults.isEmpty()) {
      throw exception.apply(faults);
    }
  }
}
