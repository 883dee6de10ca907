package io.rankline.model.optimizer;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.Section;
import java.util.HashMap;
import java.util.Map;

/** The text form of an {@link Optimizer}. */
final class OptimizerText {

  private OptimizerText() {}

  static Optimizer parse(String text) {
    return Section.isObject(text)
        ? read(Section.parse(text, "optimizer"))
        : Optimizer.of(text.strip());
  }

  static Optimizer of(ConfigValue value) {
    return value instanceof ConfigObject object
        ? read(Section.of(object))
        : Optimizer.of(String.valueOf(value.unwrapped()));
  }

  static String render(Optimizer optimizer) {
    Map<String, Object> text = describe(optimizer.rule());
    text.put("learning_rate", LearningRateText.describe(optimizer.learningRate()));
    text.put("weight_decay", optimizer.weightDecay());
    text.putAll(optimizer.clipping().options());
    return ConfigValueFactory.fromMap(text).render(ConfigRenderOptions.concise());
  }

  /** The formula and its options alone. */
  static String render(UpdateRule rule) {
    return ConfigValueFactory.fromMap(describe(rule)).render(ConfigRenderOptions.concise());
  }

  private static Map<String, Object> describe(UpdateRule rule) {
    Map<String, Object> text = new HashMap<>(rule.options());
    text.put("name", rule.key().wireName());
    return text;
  }

  private static Optimizer read(Section section) {
    OptimizerKey key = OptimizerKey.ADAM;
    if (section.has("name")) {
      String name = section.text("name", "");
      try {
        key = OptimizerKey.ofWireName(name);
      } catch (IllegalArgumentException e) {
        section.fault(String.valueOf(e.getMessage()));
        section.finish();
      }
    } else {
      section.fault("name", "is missing; it is the name of an optimizer, adam");
      section.finish();
    }
    UpdateRule rule = key.rule();
    try {
      rule = key.read(section);
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
    }
    LearningRate rate = new ConstantRate(key.learningRate());
    ConfigValue said = section.value("learning_rate");
    LearningRate read = said == null ? null : LearningRateText.read(section, "learning_rate", said);
    double decay = section.real("weight_decay", key.weightDecay());
    GradientClipping clipping = GradientClipping.read(section);
    section.rejectUnknownKeys();
    Optimizer optimizer = new Optimizer(rule, read == null ? rate : read, 0, clipping);
    try {
      optimizer = optimizer.withWeightDecay(decay);
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
    }
    section.finish();
    return optimizer;
  }
}
