package io.rankline.model.layer.trained;

import io.rankline.model.kernel.Precision;
import io.rankline.model.kernel.packed.PackedGemm;
import io.rankline.model.kernel.packed.PackedProducts;
import java.io.Serializable;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training is to multiply in.
 *
 * @param precision that it asks for; float32 where a process does not multiply in bfloat16
 * @param required whether such a process is refused
 */
public record TrainingPrecision(Precision precision, boolean required) implements Serializable {

  private static final Logger log = LoggerFactory.getLogger(TrainingPrecision.class);

  /** What this process multiplies in, {@code mixed_bfloat16 by avx512_bf16} say. */
  public String here() {
    PackedGemm gemm = precision == Precision.FLOAT32 ? null : PackedProducts.here().bfloat16();
    return gemm == null
        ? Precision.FLOAT32.wireName()
        : "%s by %s".formatted(precision.wireName(), gemm.way().flag());
  }

  /** Why this process may not train; empty if it may. */
  public String fault() {
    return required && fallsBack()
        ? "precision_required is true, but precision %s is not to be had: %s; set precision = float32, or precision_required = false to train in float32 there"
            .formatted(precision.wireName(), PackedProducts.here().reason())
        : "";
  }

  /**
   * Says in the log what this process multiplies in.
   *
   * @throws IllegalArgumentException if it may not train
   */
  public void requireHere() {
    String fault = fault();
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(fault);
    }
    logOf("layers", here());
    if (fallsBack()) {
      log.warn("why: {}", PackedProducts.here().reason());
    }
  }

  /**
   * Says what processes multiply in, if a training asks for something.
   *
   * @param who they are
   * @param found as {@link #here} says it there
   */
  public void logOf(String who, String found) {
    if (precision == Precision.FLOAT32) {
      return;
    }
    if (found.equals(Precision.FLOAT32.wireName())) {
      log.warn("precision {} is asked for, but {} multiply in float32", precision.wireName(), who);
    } else {
      log.info("precision {}: {} multiply in it", found, who);
    }
  }

  /**
   * Sets it for all layers of a network.
   *
   * @throws IllegalArgumentException if a layer cannot, or none is there that multiplies rows
   */
  public void use(ComputationGraph network) {
    boolean multiplies = false;
    for (Layer layer : network.getLayers()) {
      if (layer instanceof RowBlockLayer rows) {
        multiplies |= rows.use(precision);
      }
    }
    if (!multiplies && precision != Precision.FLOAT32) {
      throw new IllegalArgumentException(
          "precision %s is for networks with dense layers, and this model has none; leave it out"
              .formatted(precision.wireName()));
    }
  }

  private boolean fallsBack() {
    return precision != Precision.FLOAT32 && PackedProducts.here().bfloat16() == null;
  }
}
