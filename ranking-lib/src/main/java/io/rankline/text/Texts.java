package io.rankline.text;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts by name; numbers and flags are taken as the texts that they were written as. */
public final class Texts implements Form<SortedMap<String, String>> {

  @Override
  public @Nullable SortedMap<String, String> read(Section section, String key, ConfigValue value) {
    if (section.below(key, value) == null) {
      return null;
    }
    SortedMap<String, String> texts = new TreeMap<>();
    ((ConfigObject) value)
        .forEach((name, text) -> texts.put(name, String.valueOf(text.unwrapped())));
    return texts;
  }

  @Override
  public Object write(SortedMap<String, String> texts) {
    return texts;
  }

  @Override
  public String words() {
    return "texts by name";
  }
}
