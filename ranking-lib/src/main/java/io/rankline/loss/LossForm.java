package io.rankline.loss;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.FaultsException;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A {@link LossObjective} as an option: a name, or an object with its parameters. */
public final class LossForm implements Form<LossObjective> {

  @Override
  public @Nullable LossObjective read(Section section, String key, ConfigValue value) {
    try {
      return LossText.of(value);
    } catch (FaultsException e) {
      section.add(e.faults());
    } catch (IllegalArgumentException e) {
      if (value instanceof ConfigObject) {
        section.fault(value, key, String.valueOf(e.getMessage()));
      } else {
        section.refused(key, e);
      }
    }
    return null;
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
