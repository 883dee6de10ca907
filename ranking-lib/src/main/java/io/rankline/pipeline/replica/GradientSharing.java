package io.rankline.pipeline.replica;

import java.io.Serializable;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** How replicas share what their gradients say. */
public sealed interface GradientSharing extends Serializable
    permits ExactSharing, ThresholdSharing {

  /**
   * What the next steps depend on besides the model, by name: what {@link #at} takes to go on from
   * there.
   */
  Map<String, Double> state();

  /** A replica's side of it, in that network. For {@link Replica} alone. */
  StepExchange exchange(ComputationGraph graph, ReplicaGroup group, LossShare share);

  /** The same way of sharing, continuing from a state. */
  GradientSharing at(Map<String, Double> state);
}
