package io.rankline.loss.lambda;

import com.typesafe.config.ConfigValue;
import io.rankline.data.Gain;
import io.rankline.data.NamedFunctions;
import io.rankline.data.RankDiscount;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A gain or discount as an option: its name. */
abstract class FunctionForm<F> implements Form<F> {

  private final NamedFunctions<F> names;

  FunctionForm(NamedFunctions<F> names) {
    this.names = names;
  }

  @Override
  public @Nullable F read(Section section, String key, ConfigValue value) {
    if (!(value.unwrapped() instanceof String name)) {
      section.fault(key, "must be a text, got " + Hocon.shown(value));
      return null;
    }
    try {
      return names.read(name);
    } catch (IllegalArgumentException e) {
      section.refused(key, e);
      return null;
    }
  }

  @Override
  public Object write(F function) {
    return names.nameOf(function);
  }

  @Override
  public String words() {
    return "a name or a class";
  }

  /** Names of gains. */
  static final class OfGain extends FunctionForm<Gain> {
    OfGain() {
      super(NamedFunctions.GAINS);
    }
  }

  /** Names of discounts. */
  static final class OfDiscount extends FunctionForm<RankDiscount> {
    OfDiscount() {
      super(NamedFunctions.DISCOUNTS);
    }
  }
}
