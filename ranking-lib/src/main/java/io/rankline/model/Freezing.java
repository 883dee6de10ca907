package io.rankline.model;

import io.rankline.frozen.compiled.CompiledTowers;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.kernel.NativeFloats;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes a frozen network of one that DL4J trains. */
final class Freezing {

  private Freezing() {}

  /** Of a model's network as it is now; empty for one with layers that only DL4J knows. */
  static Optional<ListScorer> of(RankingModel model) {
    INDArray parameters = model.graph().params();
    if (!(model.encoder() instanceof InputEncoder) || parameters.dataType() != DataType.FLOAT) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          FrozenScorer.of(
              model.description(),
              model.graph().getConfiguration().toJson(),
              onHeap(parameters),
              CompiledTowers.find().orElse(null)));
    } catch (UnknownLayerException e) {
      return Optional.empty();
    }
  }

  /**
   * The layers of a model's network as it is now.
   *
   * @throws UnknownLayerException for one with layers that only DL4J knows
   */
  static Plan layers(RankingModel model) {
    INDArray parameters = model.graph().params();
    if (parameters.dataType() != DataType.FLOAT) {
      throw new UnknownLayerException("parameters are of the type " + parameters.dataType());
    }
    return FrozenScorer.layers(
        model.description(), model.graph().getConfiguration().toJson(), onHeap(parameters));
  }

  private static float[] onHeap(INDArray all) {
    // ND4J's own copy goes number by number.
    return NativeFloats.has(all)
        ? NativeFloats.of(all).toHeap(Math.toIntExact(all.length()))
        : all.toFloatVector();
  }
}
