package io.rankline.model.optimizer;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rate.LearningRateText;
import io.rankline.model.optimizer.rule.OptimizerKey;
import io.rankline.model.optimizer.rule.UpdateRule;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The text form of an {@link Optimizer}. */
final class OptimizerText {

  private OptimizerText() {}

  static Optimizer parse(String text) {
    return Hocon.isObject(text)
        ? whole(Section.parse(text, "optimizer"))
        : Optimizer.of(text.strip());
  }

  static Optimizer of(ConfigValue value) {
    return value instanceof ConfigObject object
        ? whole(Section.of(object))
        : Optimizer.of(String.valueOf(value.unwrapped()));
  }

  private static Optimizer whole(Section section) {
    Optimizer optimizer = read(section);
    section.finish();
    return Objects.requireNonNull(optimizer);
  }

  static String render(Optimizer optimizer) {
    Map<String, Object> text = describe(optimizer.rule());
    text.put("learning_rate", LearningRateText.describe(optimizer.learningRate()));
    text.put("weight_decay", optimizer.weightDecay());
    text.putAll(RecordCodec.write(optimizer.clipping()));
    if (!optimizer.averages().isNone()) {
      text.putAll(RecordCodec.write(optimizer.averages()));
    }
    return Hocon.render(text);
  }

  /** The formula and its options alone. */
  static String render(UpdateRule rule) {
    return Hocon.render(describe(rule));
  }

  static String render(StepAverages averages) {
    return Hocon.render(RecordCodec.write(averages));
  }

  static StepAverages parseAverages(String text) {
    Section section = Section.parse(text, "averages");
    StepAverages averages = RecordCodec.of(StepAverages.class).read(section);
    section.finish();
    return Objects.requireNonNull(averages);
  }

  private static Map<String, Object> describe(UpdateRule rule) {
    Map<String, Object> text = RecordCodec.write((Record) rule);
    text.put("name", rule.key().wireName());
    return text;
  }

  /** The optimizer that a section describes; null after a fault. */
  static @Nullable Optimizer read(Section section) {
    if (!section.has("name")) {
      section.fault("name", "is missing; it is the name of an optimizer, adam");
      return null;
    }
    OptimizerKey key;
    try {
      key = OptimizerKey.ofWireName(section.text("name", ""));
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
      return null;
    }
    Record rule = key.options().read(section);
    LearningRate rate = LearningRateText.read(section, "learning_rate");
    double decay = section.real("weight_decay", key.weightDecay());
    GradientClipping clipping = RecordCodec.of(GradientClipping.class).read(section);
    StepAverages averages = RecordCodec.of(StepAverages.class).read(section);
    section.rejectUnknownKeys();
    try {
      return new Optimizer(
          rule == null ? key.rule() : (UpdateRule) rule,
          rate == null ? LearningRate.constant(key.learningRate()) : rate,
          decay,
          clipping == null ? GradientClipping.NONE : clipping,
          averages == null ? StepAverages.NONE : averages);
    } catch (IllegalArgumentException e) {
      section.refused(e);
      return null;
    }
  }
}
