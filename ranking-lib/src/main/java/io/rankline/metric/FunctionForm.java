package io.rankline.metric;

import com.typesafe.config.ConfigValue;
import io.rankline.data.Gain;
import io.rankline.data.NamedFunctions;
import io.rankline.data.RankDiscount;
import io.rankline.text.Form;
import io.rankline.text.Section;
import io.rankline.text.WireNames;
import org.jspecify.annotations.Nullable;

/** A gain or discount of a metric: its short name, which is that of the metric too. */
abstract class FunctionForm<F> implements Form<F> {

  private final NamedFunctions<F> names;

  FunctionForm(NamedFunctions<F> names) {
    this.names = names;
  }

  @Override
  public @Nullable F read(Section section, String key, ConfigValue value) {
    String name = String.valueOf(value.unwrapped());
    try {
      return names.read(name);
    } catch (IllegalArgumentException e) {
      section.fault(WireNames.unknown(key, name, names.shortNames()));
      return null;
    }
  }

  @Override
  public Object write(F function) {
    return names.shortNameOf(function);
  }

  @Override
  public String words() {
    return "one of %s, or a class".formatted(String.join(", ", names.shortNames()));
  }

  /** Gains. */
  static final class OfGain extends FunctionForm<Gain> {
    OfGain() {
      super(NamedFunctions.GAINS);
    }
  }

  /** Discounts. */
  static final class OfDiscount extends FunctionForm<RankDiscount> {
    OfDiscount() {
      super(NamedFunctions.DISCOUNTS);
    }
  }
}
