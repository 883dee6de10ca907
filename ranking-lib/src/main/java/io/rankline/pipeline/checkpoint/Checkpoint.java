package io.rankline.pipeline.checkpoint;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A checkpoint that was read.
 *
 * @param name of its folder
 * @param state where the training stood
 * @param network parameters, the updater's state, and the number of iterations and epochs
 */
public record Checkpoint(String name, CheckpointState state, ComputationGraph network) {

  /**
   * Gives a network of the same layers the parameters, the updater's state and the counts of the
   * checkpoint: it then continues as the network did that was saved.
   */
  public void restoreInto(ComputationGraph graph) {
    graph.params().assign(network.params());
    INDArray saved = network.getUpdater(true).getUpdaterStateViewArray();
    INDArray state = graph.getUpdater(true).getUpdaterStateViewArray();
    if (state != null && saved != null) {
      state.assign(saved);
    }
    graph.getConfiguration().setIterationCount(network.getConfiguration().getIterationCount());
    graph.getConfiguration().setEpochCount(network.getConfiguration().getEpochCount());
  }
}
