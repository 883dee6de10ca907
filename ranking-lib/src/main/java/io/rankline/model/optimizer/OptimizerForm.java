package io.rankline.model.optimizer;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** An {@link Optimizer} as an option: a name, or an object with a name and options. */
public final class OptimizerForm implements Form<Optimizer> {

  @Override
  public @Nullable Optimizer read(Section section, String key, ConfigValue value) {
    if (value instanceof ConfigObject) {
      Section below = section.below(key, value);
      return below == null ? null : OptimizerText.read(below);
    }
    try {
      return OptimizerText.of(value);
    } catch (IllegalArgumentException e) {
      section.refused(key, e);
      return null;
    }
  }

  @Override
  public Object write(Optimizer optimizer) {
    return Hocon.parse(optimizer.render(), "optimizer").unwrapped();
  }

  @Override
  public String words() {
    return "the name of an optimizer, or an object with its options";
  }
}
