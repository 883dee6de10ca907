package io.rankline.text;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.jspecify.annotations.Nullable;

/** How many first ones count: a whole number, or null for all, which {@link #ALL} is in Java. */
public final class CutOff implements Form<Integer> {

  /** Cuts nothing off. */
  public static final int ALL = Integer.MAX_VALUE;

  @Override
  public @Nullable Integer read(Section section, String key, ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL
        ? (Integer) ALL
        : (Integer) Values.read(section, key, value, Integer.class);
  }

  @Override
  public @Nullable Object write(Integer count) {
    return count == ALL ? null : count;
  }

  @Override
  public String words() {
    return "a whole number or null";
  }
}
