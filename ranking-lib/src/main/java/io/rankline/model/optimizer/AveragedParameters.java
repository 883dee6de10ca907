package io.rankline.model.optimizer;

import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The averages over steps of a network's parameters, as {@link StepAverages} asks for them. */
public final class AveragedParameters {

  private AveragedParameters() {}

  /**
   * A copy of all parameters of a network, averages in the place of those that are averaged; empty
   * where none is.
   */
  public static Optional<INDArray> of(ComputationGraph network) {
    INDArray averages = null;
    for (UpdaterBlock block : network.getUpdater(true).getUpdaterBlocks()) {
      if (block.getGradientUpdater() instanceof RuleUpdater updater
          && updater.getConfig().averages().averagesParameters()) {
        if (averages == null) {
          averages = network.params().dup();
        }
        averages
            .reshape(averages.length())
            .get(NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd()))
            .addi(updater.distanceToAverage());
      }
    }
    return Optional.ofNullable(averages);
  }
}
