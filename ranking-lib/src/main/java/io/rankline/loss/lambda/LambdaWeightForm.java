package io.rankline.loss.lambda;

import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A lambda weight as a parameter of a loss: {@link LambdaWeightText} has its form. */
public final class LambdaWeightForm implements Form<LambdaWeight> {

  /** The form of lambda weights. */
  public LambdaWeightForm() {}

  @Override
  public @Nullable LambdaWeight read(Section section, String key, ConfigValue value) {
    return LambdaWeightText.read(section, key, value);
  }

  @Override
  public Object write(LambdaWeight weight) {
    return LambdaWeightText.describe(weight);
  }

  @Override
  public String words() {
    return "a LambdaWeight or null";
  }
}
