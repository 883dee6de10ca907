package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rule.UpdateRule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * The state of an {@link UpdateRule} for one block of parameters: a view of the network's, slot
 * after slot.
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
    state = new INDArray[config.rule().slots()];
    for (int k = 0; k < state.length; k++) {
      INDArray slot = slots.get(nameOf(k));
      if (slot == null || slots.size() != state.length) {
        throw new IllegalStateException(
            "state of %s must be %s arrays, got %s"
                .formatted(config.rule().key().wireName(), state.length, slots.keySet()));
      }
      state[k] = slot;
      if (initialize) {
        slot.assign(config.rule().initialState());
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
    if (initialize) {
      view.assign(config.rule().initialState());
    }
    INDArray flat = view.reshape(view.length());
    state = new INDArray[config.rule().slots()];
    long length = view.length() / Math.max(1, state.length);
    for (int k = 0; k < state.length; k++) {
      state[k] = flat.get(NDArrayIndex.interval(k * length, (k + 1) * length));
    }
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    config
        .rule()
        .apply(
            gradient.reshape(gradient.length()),
            state,
            config.getLearningRate(iteration, epoch),
            iteration + 1);
  }

  private static String nameOf(int slot) {
    return "slot" + slot;
  }
}
