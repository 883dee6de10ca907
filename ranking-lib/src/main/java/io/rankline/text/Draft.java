package io.rankline.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of some components of a record, for its builder; the others have their defaults.
 *
 * <pre>{@code
 * private final Draft<DatasetHparams> draft = new Draft<>(DatasetHparams.class);
 *
 * public Builder seed(long value) {
 *   draft.set("seed", value);
 *   return this;
 * }
 * }</pre>
 */
public final class Draft<R extends Record> {

  private final RecordCodec<R> codec;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** No value so far. */
  public Draft(Class<R> type) {
    this.codec = RecordCodec.of(type);
  }

  /** The values that a text gave. */
  public Draft(Class<R> type, Map<String, ? extends @Nullable Object> values) {
    this(type);
    this.values.putAll(values);
  }

  /** Gives a component a value, in the place of any given before. */
  public void set(String component, @Nullable Object value) {
    values.put(component, value);
  }

  /** The value that a component was given; null if none. */
  public @Nullable Object get(String component) {
    return values.get(component);
  }

  /**
   * The record.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public R build() {
    return codec.create(values);
  }
}
