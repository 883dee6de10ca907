package io.rankline.model.optimizer.rate;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.Family;
import io.rankline.text.Hocon;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a {@link LearningRate}: a number, or a schedule by Keras's name with Keras's
 * options.
 *
 * <pre>
 *   1e-4
 *   {name = exponential_decay, initial_learning_rate = 0.1, decay_steps = 1000, decay_rate = 0.96}
 *   {name = CosineDecay, initial_learning_rate = 0, decay_steps = 1000, warmup_target = 0.1,
 *    warmup_steps = 100}
 * </pre>
 *
 * <p>{@code warm_up_steps} goes with all of them and makes a {@link WarmUp}.
 */
public final class LearningRateText {

  /** The schedules by their names in text. */
  public static final Family<LearningRate> SCHEDULES =
      Family.of(LearningRate.class)
          .with("constant", ConstantRate.class)
          .with("exponential_decay", ExponentialDecay.class)
          .with("inverse_time_decay", InverseTimeDecay.class)
          .with("polynomial_decay", PolynomialDecay.class)
          .with("piecewise_constant_decay", PiecewiseConstantDecay.class)
          .with("cosine_decay", CosineDecay.class)
          .with("cosine_decay_restarts", CosineDecayRestarts.class);

  private LearningRateText() {}

  /** The rate that a rendered text describes. */
  public static LearningRate parse(String text) {
    Section section = Section.parse(text, "learning_rate");
    LearningRate rate = read(section);
    section.finish();
    if (rate == null) {
      throw new IllegalStateException("a section without faults has a rate");
    }
    return rate;
  }

  /** The rate at a key; null where there is none, and after a fault, which the section notes. */
  public static @Nullable LearningRate read(Section parent, String key) {
    ConfigValue value = parent.value(key);
    return value == null ? null : read(parent, key, value);
  }

  static @Nullable LearningRate read(Section parent, String key, ConfigValue value) {
    if (value.unwrapped() instanceof Number number) {
      try {
        return new ConstantRate(number.doubleValue());
      } catch (IllegalArgumentException e) {
        parent.refused(e);
        return null;
      }
    }
    if (!(value instanceof ConfigObject)) {
      parent.fault(key, "must be a number or a schedule, got " + Hocon.shown(value));
      return null;
    }
    Section section = parent.below(key, value);
    return section == null ? null : read(section);
  }

  /** What {@link #parse} reads back to an equal rate. */
  public static Object describe(LearningRate rate) {
    return rate instanceof ConstantRate constant ? constant.value() : describeAll(rate);
  }

  /** {@link #describe} as one line of JSON, constant rates too. */
  public static String render(LearningRate rate) {
    return Hocon.render(describeAll(rate));
  }

  private static Map<String, Object> describeAll(LearningRate rate) {
    if (!(rate instanceof WarmUp warmUp)) {
      return SCHEDULES.write(rate, "name");
    }
    Map<String, Object> text = describeAll(warmUp.then());
    text.putAll(RecordCodec.write(warmUp));
    return text;
  }

  private static @Nullable LearningRate read(Section section) {
    String name = snakeCase(section.text("name", ""));
    List<String> names = SCHEDULES.names();
    if (!names.contains(name)) {
      section.fault(
          "name",
          "is no known schedule, got '%s'; expected one of %s"
              .formatted(name, String.join(", ", KnownNames.nearestFirst(name, names))));
      return null;
    }
    LearningRate rate = SCHEDULES.read(section, name);
    Long steps = section.whole(WarmUp.KEY);
    section.rejectUnknownKeys();
    try {
      return steps == null || rate == null ? rate : new WarmUp(steps, rate);
    } catch (IllegalArgumentException e) {
      section.refused(e);
      return null;
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
