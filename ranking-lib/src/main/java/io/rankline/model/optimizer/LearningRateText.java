package io.rankline.model.optimizer;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.KnownNames;
import io.rankline.data.Section;
import java.util.HashMap;
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
final class LearningRateText {

  private static final List<String> NAMES =
      List.of(
          "constant",
          "exponential_decay",
          "inverse_time_decay",
          "polynomial_decay",
          "piecewise_constant_decay",
          "cosine_decay",
          "cosine_decay_restarts");

  private LearningRateText() {}

  /** The rate that a rendered text describes. */
  static LearningRate parse(String text) {
    Section section = Section.parse(text, "learning_rate");
    LearningRate rate = read(section);
    section.finish();
    if (rate == null) {
      throw new IllegalStateException("a section without faults has a rate");
    }
    return rate;
  }

  /** The rate at a key; null, and a fault of the section, where it says something impossible. */
  static @Nullable LearningRate read(Section parent, String key, ConfigValue value) {
    if (value.unwrapped() instanceof Number number) {
      try {
        return new ConstantRate(number.doubleValue());
      } catch (IllegalArgumentException e) {
        parent.fault(String.valueOf(e.getMessage()));
        return null;
      }
    }
    if (!(value instanceof ConfigObject)) {
      parent.fault(
          key,
          "must be a number or a schedule, got " + value.render(ConfigRenderOptions.concise()));
      return null;
    }
    Section section = parent.below(key, value);
    return section == null ? null : read(section);
  }

  /** What {@link #parse} reads back to an equal rate. */
  static Object describe(LearningRate rate) {
    if (rate instanceof ConstantRate constant) {
      return constant.value();
    }
    Map<String, Object> text = new HashMap<>(rate.options());
    text.put("name", rate.wireName());
    return text;
  }

  /** {@link #describe} as one line of JSON, constant rates too. */
  static String render(LearningRate rate) {
    Map<String, Object> text = new HashMap<>(rate.options());
    text.put("name", rate.wireName());
    return ConfigValueFactory.fromMap(text).render(ConfigRenderOptions.concise());
  }

  private static @Nullable LearningRate read(Section section) {
    String name = snakeCase(section.text("name", ""));
    if (!NAMES.contains(name)) {
      section.fault(
          "name",
          "is no known schedule, got '%s'; expected one of %s"
              .formatted(name, String.join(", ", KnownNames.nearestFirst(name, NAMES))));
      return null;
    }
    try {
      LearningRate rate = create(section, name);
      Long steps = section.whole("warm_up_steps");
      section.rejectUnknownKeys();
      return steps == null ? rate : new WarmUp(steps, rate);
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static LearningRate create(Section section, String name) {
    return switch (name) {
      case "constant" -> new ConstantRate(required(section, "value"));
      case "exponential_decay" ->
          new ExponentialDecay(
              required(section, "initial_learning_rate"),
              required(section, "decay_steps"),
              required(section, "decay_rate"),
              section.flag("staircase", false));
      case "inverse_time_decay" ->
          new InverseTimeDecay(
              required(section, "initial_learning_rate"),
              required(section, "decay_steps"),
              required(section, "decay_rate"),
              section.flag("staircase", false));
      case "polynomial_decay" ->
          new PolynomialDecay(
              required(section, "initial_learning_rate"),
              required(section, "decay_steps"),
              section.real("end_learning_rate", PolynomialDecay.DEFAULT_END_LEARNING_RATE),
              section.real("power", 1),
              section.flag("cycle", false));
      case "piecewise_constant_decay" ->
          new PiecewiseConstantDecay(section.reals("boundaries"), section.reals("values"));
      case "cosine_decay" ->
          new CosineDecay(
              required(section, "initial_learning_rate"),
              required(section, "decay_steps"),
              section.real("alpha", 0),
              section.has("warmup_target") ? (Double) section.real("warmup_target", 0) : null,
              section.real("warmup_steps", 0));
      default ->
          new CosineDecayRestarts(
              required(section, "initial_learning_rate"),
              required(section, "first_decay_steps"),
              section.real("t_mul", 2),
              section.real("m_mul", 1),
              section.real("alpha", 0));
    };
  }

  /** A number that must be said; where it is not, a fault and a stand-in that passes checks. */
  private static double required(Section section, String key) {
    if (!section.has(key)) {
      section.fault(key, "is missing");
    }
    return section.real(key, 1);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
