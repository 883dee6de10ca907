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

  /** What {@link #read} reads back to an equal value: maps, lists, numbers and texts. */
  Object write(T value);

  /** What the page of keys calls such values: {@code a number of bytes, as 512M}. */
  String words();
}
