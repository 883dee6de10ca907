package io.rankline.model.optimizer;

import io.rankline.data.KnownNames;
import io.rankline.data.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The optimizers of Keras, by name. */
public enum OptimizerKey {
  SGD(0.01),
  RMSPROP(0.001),
  ADAM(0.001),
  /** Adam with weight decay of its own, 0.004. */
  ADAMW(0.001),
  ADADELTA(0.001),
  ADAGRAD(0.001),
  ADAMAX(0.001),
  NADAM(0.001),
  LION(0.001);

  private static final double ADAMW_WEIGHT_DECAY = 0.004;

  private final double learningRate;

  OptimizerKey(double learningRate) {
    this.learningRate = learningRate;
  }

  /** The name in configuration: {@code rmsprop}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Keras's default. */
  public double learningRate() {
    return learningRate;
  }

  /** Keras's default: 0, and 0.004 for AdamW. */
  public double weightDecay() {
    return this == ADAMW ? ADAMW_WEIGHT_DECAY : 0;
  }

  /** The formula with Keras's defaults. */
  public UpdateRule rule() {
    return read(Section.parse("{}", wireName()));
  }

  /** The formula with the options that a section gives. */
  UpdateRule read(Section section) {
    return switch (this) {
      case SGD -> new SgdRule(section.real("momentum", 0), section.flag("nesterov", false));
      case RMSPROP ->
          new RmspropRule(
              section.real("rho", RmspropRule.DEFAULT.rho()),
              section.real("momentum", RmspropRule.DEFAULT.momentum()),
              section.real("epsilon", RmspropRule.DEFAULT.epsilon()),
              section.flag("centered", RmspropRule.DEFAULT.centered()));
      case ADAM, ADAMW ->
          new AdamRule(
              section.real("beta_1", AdamRule.DEFAULT.beta1()),
              section.real("beta_2", AdamRule.DEFAULT.beta2()),
              section.real("epsilon", AdamRule.DEFAULT.epsilon()),
              section.flag("amsgrad", AdamRule.DEFAULT.amsgrad()));
      case ADADELTA ->
          new AdadeltaRule(
              section.real("rho", AdadeltaRule.DEFAULT.rho()),
              section.real("epsilon", AdadeltaRule.DEFAULT.epsilon()));
      case ADAGRAD ->
          new AdagradRule(
              section.real(
                  "initial_accumulator_value", AdagradRule.DEFAULT.initialAccumulatorValue()),
              section.real("epsilon", AdagradRule.DEFAULT.epsilon()));
      case ADAMAX ->
          new AdamaxRule(
              section.real("beta_1", AdamaxRule.DEFAULT.beta1()),
              section.real("beta_2", AdamaxRule.DEFAULT.beta2()),
              section.real("epsilon", AdamaxRule.DEFAULT.epsilon()));
      case NADAM ->
          new NadamRule(
              section.real("beta_1", NadamRule.DEFAULT.beta1()),
              section.real("beta_2", NadamRule.DEFAULT.beta2()),
              section.real("epsilon", NadamRule.DEFAULT.epsilon()));
      case LION ->
          new LionRule(
              section.real("beta_1", LionRule.DEFAULT.beta1()),
              section.real("beta_2", LionRule.DEFAULT.beta2()));
    };
  }

  /**
   * The key of a name, in any case: {@code RMSprop}.
   *
   * @throws IllegalArgumentException naming the known ones, nearest first
   */
  public static OptimizerKey ofWireName(String wireName) {
    String name = wireName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(key -> key.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(wireName, name)));
  }

  private static String unknown(String wireName, String name) {
    List<String> known = Arrays.stream(values()).map(OptimizerKey::wireName).toList();
    String which = String.join(", ", KnownNames.nearestFirst(name, known));
    return switch (name) {
      case "ftrl" ->
          "optimizer ftrl sets weights from its own sums rather than by steps, which DL4J's updaters"
              + " cannot do; use adagrad, its nearest kin, with a penalty l1, or one of "
              + which;
      case "adafactor", "lamb", "muon" ->
          "optimizer %s looks at whole matrices, which DL4J's updaters do not see; use adam, or one of %s"
              .formatted(name, which);
      default -> "unknown optimizer '%s'; expected one of %s".formatted(wireName, which);
    };
  }
}
