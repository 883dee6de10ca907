package io.rankline.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is wrong with the values of a record, for its constructor:
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

  private final List<Fault> faults = new ArrayList<>();

  /** No fault so far. */
  public Faults() {}

  /**
   * What the rules of {@link Option} say about these values.
   *
   * @param values of all components, in their order
   */
  public static Faults in(Class<? extends Record> type, @Nullable Object... values) {
    Faults faults = new Faults();
    faults.faults.addAll(RecordCodec.of(type).broken(values));
    return faults;
  }

  /** One more fault. */
  public Faults add(String key, String rule) {
    faults.add(Fault.of(key, rule));
    return this;
  }

  /** More faults. */
  public Faults addAll(List<Fault> others) {
    faults.addAll(others);
    return this;
  }

  /**
   * One more fault if the condition does not hold.
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
    orThrow(FaultsException::new);
  }

  /** Ends the checks with an exception of one's own. */
  public void orThrow(Function<List<Fault>, ? extends FaultsException> exception) {
    if (!faults.isEmpty()) {
      throw exception.apply(faults);
    }
  }
}
