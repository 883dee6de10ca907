package io.rankline.model.optimizer.rate;

import com.typesafe.config.ConfigValue;
import io.rankline.text.Form;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/** A {@link LearningRate} as an option: a number, or an object with a schedule. */
public final class LearningRateForm implements Form<LearningRate> {

  @Override
  public @Nullable LearningRate read(Section section, String key, ConfigValue value) {
    return LearningRateText.read(section, key, value);
  }

  @Override
  public Object write(LearningRate rate) {
    return LearningRateText.describe(rate);
  }

  @Override
  public String words() {
    return "a number, or an object with a schedule";
  }
}
