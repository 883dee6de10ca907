package io.rankline.model.kernel;

import io.rankline.text.WireNames;
import java.util.Locale;

/** In what a training multiplies. Everything else is float32 in any case. */
public enum Precision {
  /** Products in float32. */
  FLOAT32,

  /**
   * Products of dense layers in bfloat16 with sums in float32, as Keras's {@code mixed_bfloat16}:
   * forward, and for both gradients. Weights, their gradients, moments of optimizers, batch norm
   * and activations stay in float32.
   *
   * @see <a href="https://arxiv.org/abs/1710.03740">Micikevicius et al., Mixed Precision Training,
   *     ICLR 2018</a>
   */
  MIXED_BFLOAT16;

  /** The name in configuration: {@code mixed_bfloat16}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The precision of a name, in either case.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static Precision ofWireName(String wireName) {
    return WireNames.find(
        Precision.class,
        Precision::wireName,
        wireName.toLowerCase(Locale.ROOT),
        known -> WireNames.unknown("precision", wireName, known));
  }
}
