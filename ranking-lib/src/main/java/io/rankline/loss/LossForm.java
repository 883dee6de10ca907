package io.rankline.loss;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A {@link LossObjective} as an option: a name, or an object with its parameters. */
public final class LossForm implements Form<LossObjective> {

  @Override
  public @Nullable LossObjective read(Section section, String key, ConfigValue value) {
    if (value instanceof ConfigObject) {
      Section below = section.below(key, value);
      return below == null ? null : LossText.read(below);
    }
    try {
      return LossText.of(value);
    } catch (IllegalArgumentException e) {
      section.refused(key, e);
      return null;
    }
  }

  @Override
  public Object write(LossObjective objective) {
    return Hocon.parse(LossText.render(objective), "loss").unwrapped();
  }

  @Override
  public String words() {
    return "the name of a loss, or an object with its parameters";
  }
}
