package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rule.UpdateRule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * The state of an {@link UpdateRule} for one block of parameters: a view of the network's, slot
 * after slot. Behind the rule's slots are those of {@link StepAverages}: the sum of gradients since
 * the last update, and the average of the parameters, as its distance from them.
 */
final class RuleUpdater implements GradientUpdater<KerasUpdater> {

  private final KerasUpdater config;
  private INDArray[] state = new INDArray[0];

  RuleUpdater(KerasUpdater config) {
    this.config = config;
  }

  @Override
  public KerasUpdater getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> slots, boolean initialize) {
    state = new INDArray[config.slots()];
    for (int k = 0; k < state.length; k++) {
      INDArray slot = slots.get(nameOf(k));
      if (slot == null || slots.size() != state.length) {
        throw new IllegalStateException(
            "state of %s must be %s arrays, got %s"
                .formatted(config.rule().key().wireName(), state.length, slots.keySet()));
      }
      state[k] = slot;
      if (initialize) {
        slot.assign(initial(k));
      }
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    Map<String, INDArray> slots = new LinkedHashMap<>();
    for (int k = 0; k < state.length; k++) {
      slots.put(nameOf(k), state[k]);
    }
    return slots;
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    INDArray flat = view.reshape(view.length());
    state = new INDArray[config.slots()];
    long length = view.length() / Math.max(1, state.length);
    for (int k = 0; k < state.length; k++) {
      state[k] = flat.get(NDArrayIndex.interval(k * length, (k + 1) * length));
      if (initialize) {
        state[k].assign(initial(k));
      }
    }
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    INDArray flat = gradient.reshape(gradient.length());
    StepAverages averages = config.averages();
    int every = averages.gradientAccumulationSteps();
    if (averages.accumulates()) {
      INDArray sum = state[config.rule().slots()].addi(flat);
      if ((iteration + 1) % every != 0) {
        flat.assign(0);
        return;
      }
      flat.assign(sum).divi(every);
      sum.assign(0);
    }
    int update = (iteration + 1) / every;
    config.rule().apply(flat, state, config.getLearningRate(iteration, epoch), update);
    if (averages.averagesParameters()) {
      // average' - w' = keep * (average - w'), where w' = w - update.
      distanceToAverage().addi(flat).muli(averages.keep(update));
    }
  }

  /** The average of the parameters less the parameters; a view. */
  INDArray distanceToAverage() {
    return state[state.length - 1];
  }

  private double initial(int slot) {
    return slot < config.rule().slots() ? config.rule().initialState() : 0;
  }

  private static String nameOf(int slot) {
    return "slot" + slot;
  }
}
