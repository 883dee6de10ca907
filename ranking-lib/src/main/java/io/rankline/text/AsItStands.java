package io.rankline.text;

import com.typesafe.config.ConfigValue;

/** A value whose type depends on others: it is passed on as it stands in the text. */
public final class AsItStands implements Form<ConfigValue> {

  @Override
  public ConfigValue read(Section section, String key, ConfigValue value) {
    return value;
  }

  @Override
  public Object write(ConfigValue value) {
    return value.unwrapped();
  }

  @Override
  public String words() {
    return "any value";
  }
}
