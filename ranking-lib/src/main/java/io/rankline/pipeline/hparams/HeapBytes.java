package io.rankline.pipeline.hparams;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** Memory of the heap: bytes, {@code 512M}, or a part of the largest heap, {@code 25%}. */
final class HeapBytes implements Form<Long> {

  private static final double PERCENT = 100;

  @Override
  public @Nullable Long read(Section section, String key, ConfigValue value) {
    String text = String.valueOf(value.unwrapped()).strip();
    try {
      if (text.endsWith("%")) {
        double part = Double.parseDouble(text.substring(0, text.length() - 1)) / PERCENT;
        return (long) (Runtime.getRuntime().maxMemory() * part);
      }
      return value.atKey(key).getBytes(key);
    } catch (ConfigException | NumberFormatException e) {
      section.fault(key, "must be a number of bytes, as 512M, got " + value.unwrapped());
      return null;
    }
  }

  @Override
  public Object write(Long bytes) {
    return bytes;
  }

  @Override
  public String words() {
    return "a number of bytes, as 512M, or a part of the heap, as 25%";
  }
}
