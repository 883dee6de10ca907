package io.rankline.text;

import com.typesafe.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a type that is no record of options. Implementations have a constructor without
 * parameters.
 */
public interface Form<T> {

  /**
   * The value at a key.
   *
   * @return null after a fault, which the section notes
   */
  @Nullable T read(Section section, String key, ConfigValue value);

  /**
   * What {@link #read} reads back to an equal value: maps, lists, numbers and texts; null to leave
   * it out.
   */
  @Nullable Object write(T value);

  /** The text that stands for null where that is not the default; null if none does. */
  default @Nullable String none() {
    return null;
  }

  /** What the page of keys calls such values: {@code a number of bytes, as 512M}. */
  String words();
}
