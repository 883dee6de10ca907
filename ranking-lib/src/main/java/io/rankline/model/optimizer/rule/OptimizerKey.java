package io.rankline.model.optimizer.rule;

import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.WireNames;
import java.util.List;
import java.util.Locale;

/** The optimizers of Keras, by name. */
public enum OptimizerKey {
  SGD(SgdRule.class, 0.01),
  RMSPROP(RmspropRule.class, 0.001),
  ADAM(AdamRule.class, 0.001),
  /** Adam with weight decay of its own, 0.004. */
  ADAMW(AdamRule.class, 0.001),
  ADADELTA(AdadeltaRule.class, 0.001),
  ADAGRAD(AdagradRule.class, 0.001),
  ADAMAX(AdamaxRule.class, 0.001),
  NADAM(NadamRule.class, 0.001),
  LION(LionRule.class, 0.001);

  private static final double ADAMW_WEIGHT_DECAY = 0.004;

  private final Class<? extends Record> rule;
  private final double learningRate;

  OptimizerKey(Class<? extends Record> rule, double learningRate) {
    this.rule = rule;
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
    return (UpdateRule) options().defaults();
  }

  /** The options of the formula. */
  public RecordCodec<? extends Record> options() {
    return RecordCodec.of(rule);
  }

  /**
   * The key of a name, in any case: {@code RMSprop}.
   *
   * @throws IllegalArgumentException naming the known ones, nearest first
   */
  public static OptimizerKey ofWireName(String wireName) {
    String name = wireName.toLowerCase(Locale.ROOT);
    return WireNames.find(
        OptimizerKey.class,
        OptimizerKey::wireName,
        name,
        known -> unknown(wireName, name, KnownNames.nearestFirst(name, known)));
  }

  private static String unknown(String wireName, String name, List<String> known) {
    String which = String.join(", ", known);
    return switch (name) {
      case "ftrl" ->
          "optimizer ftrl sets weights from its own sums rather than by steps, which DL4J's"
              + " updaters cannot do; use adagrad, its nearest kin, with a penalty l1, or one of "
              + which;
      case "adafactor", "lamb", "muon" ->
          "optimizer %s looks at whole matrices, which DL4J's updaters do not see; use adam, or one of %s"
              .formatted(name, which);
      default -> "unknown optimizer '%s'; expected one of %s".formatted(wireName, which);
    };
  }
}
