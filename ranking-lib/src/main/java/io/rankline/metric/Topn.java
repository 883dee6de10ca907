package io.rankline.metric;

import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A cut-off in text: a whole number, or {@code all}. */
final class Topn implements Form<Integer> {

  static final String ALL = "all";

  @Override
  public @Nullable Integer read(Section section, String key, ConfigValue value) {
    String text = String.valueOf(value.unwrapped());
    if (text.equals(ALL)) {
      return RankingMetric.WHOLE_LIST;
    }
    try {
      int topn = Integer.parseInt(text);
      if (topn >= 1) {
        return topn;
      }
    } catch (NumberFormatException e) {
      // Reported below, as any other value that is no cut-off.
    }
    section.fault(key, "must be a whole number, 1 or more, or 'all', got '%s'".formatted(text));
    return null;
  }

  @Override
  public Object write(Integer topn) {
    return topn == RankingMetric.WHOLE_LIST ? ALL : topn;
  }

  @Override
  public String words() {
    return "a whole number or all";
  }
}
