package io.rankline.pipeline.replica;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** All of the gradient in every step: what one replica would compute on the whole batch. */
public record ExactSharing() implements GradientSharing {

  @Override
  public Map<String, Double> state() {
    return Map.of();
  }

  @Override
  public StepExchange exchange(ComputationGraph graph, ReplicaGroup group, LossShare share) {
    return new GradientExchange(graph, group, share);
  }

  @Override
  public GradientSharing at(Map<String, Double> state) {
    return this;
  }

  @Override
  public String toString() {
    return "exact";
  }
}
