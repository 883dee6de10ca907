package io.rankline.model.optimizer;

import java.io.Serializable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Clips gradients between backpropagation and updater. */
final class ClippingListener extends BaseTrainingListener implements Serializable {

  private final GradientClipping clipping;

  ClippingListener(GradientClipping clipping) {
    this.clipping = clipping;
  }

  @Override
  public void onGradientCalculation(Model network) {
    clipping.apply(network);
  }
}
