package io.rankline.text;

import org.jspecify.annotations.Nullable;

/**
 * What builders of records have in common; components that are not given have their defaults.
 *
 * <pre>{@code
 * public static final class Builder extends RecordBuilder<Size, Builder> {
 *   private Builder() {
 *     super(Size.class);
 *   }
 *
 *   public Builder width(int pixels) {
 *     return set("width", pixels);
 *   }
 * }
 * }</pre>
 *
 * @param <R> the record
 * @param <B> the builder itself
 */
public abstract class RecordBuilder<R extends Record, B extends RecordBuilder<R, B>> {

  private final Draft<R> draft;

  /** For builders. */
  protected RecordBuilder(Class<R> type) {
    draft = new Draft<>(type);
  }

  /**
   * The record.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public R build() {
    return draft.build();
  }

  /** Gives a component a value, in the place of any given before. */
  @SuppressWarnings("unchecked") // B is the builder's own class
  protected final B set(String component, @Nullable Object value) {
    draft.set(component, value);
    return (B) this;
  }

  /**
   * Any option by its key in a configuration file, with a value as there: {@code
   * option("cache_memory", "25%")}.
   *
   * @throws FaultsException if there is no such key, or the option has no such value
   */
  @SuppressWarnings("unchecked") // B is the builder's own class
  public final B option(String key, Object value) {
    draft.option(key, value);
    return (B) this;
  }
}
