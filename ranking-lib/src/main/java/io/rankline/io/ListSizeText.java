package io.rankline.io;

import com.typesafe.config.ConfigValue;
import io.rankline.data.ListSize;
import io.rankline.text.Form;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A list size in text: a whole number, 0 for all items. */
public final class ListSizeText implements Form<ListSize> {

  /** Made by the codec of the records that have list sizes. */
  public ListSizeText() {}

  @Override
  public @Nullable ListSize read(Section section, String key, ConfigValue value) {
    Long items = section.whole(key);
    if (items == null) {
      return null;
    }
    if (items < 0 || items > Integer.MAX_VALUE) {
      section.fault(
          key,
          items < 0
              ? ListSize.RULE + ", got " + items
              : "must be a whole number below 2^31, got " + items);
      return null;
    }
    return new ListSize(items.intValue());
  }

  @Override
  public Object write(ListSize size) {
    return size.items();
  }

  @Override
  public String words() {
    return "a whole number";
  }
}
