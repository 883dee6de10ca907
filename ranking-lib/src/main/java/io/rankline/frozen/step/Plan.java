package io.rankline.frozen.step;

import java.util.List;

/**
 * What a network computes, in order.
 *
 * @param inputs of the network but the mask
 * @param steps each with the value it computes
 * @param outputs of the network
 * @param places number of values
 */
public record Plan(List<Value> inputs, List<Computed> steps, List<Value> outputs, int places) {

  /** The same network by other steps. */
  public Plan withSteps(List<Computed> others) {
    return new Plan(inputs, others, outputs, places);
  }

  /** A step and where its result goes. */
  public record Computed(Value value, Step step) {}
}
