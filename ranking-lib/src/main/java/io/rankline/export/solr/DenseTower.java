package io.rankline.export.solr;

import io.rankline.frozen.step.DenseLayer;
import io.rankline.frozen.step.Layer;
import io.rankline.frozen.step.Normalize;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Plan.Computed;
import io.rankline.frozen.step.Scaling;
import io.rankline.frozen.step.SideBySide;
import io.rankline.frozen.step.Step;
import io.rankline.frozen.step.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network that is dense layers, one after the other.
 *
 * @param inputs what the first layer reads, side by side
 * @param layers the first one first
 */
record DenseTower(List<Value> inputs, List<Dense> layers) {

  /**
   * A dense layer in double.
   *
   * @param weights [outputs][inputs]
   * @param bias [outputs]
   * @param activation Solr's name of it
   */
  record Dense(double[][] weights, double[] bias, String activation) {}

  /** The network of some layers; says what keeps it from being such a tower. */
  static DenseTower of(Plan plan, List<String> reasons) {
    Set<String> found = new HashSet<>();
    for (Computed computed : plan.steps()) {
      Obstacles.of(computed.step()).ifPresent(found::add);
    }
    reasons.addAll(found.stream().sorted().toList());
    Map<Integer, Step> steps = new HashMap<>();
    plan.steps().forEach(computed -> steps.put(computed.value().place(), computed.step()));
    Set<Value> inputs = Set.copyOf(plan.inputs());
    List<Step> tower = new ArrayList<>();
    Value at = plan.outputs().get(0);
    List<Value> first = List.of(at);
    while (!inputs.contains(at)) {
      Step step = steps.get(at.place());
      if (step instanceof DenseLayer dense) {
        at = dense.input();
      } else if (step instanceof Normalize norm) {
        at = norm.input();
      } else {
        break;
      }
      tower.add(step);
      first = List.of(at);
    }
    if (steps.get(at.place()) instanceof SideBySide parts) {
      first = parts.parts();
    }
    if (found.isEmpty() && !inputs.containsAll(first)) {
      reasons.add("its layers branch, and Solr's follow each other; serve it with rankline serve");
    }
    Collections.reverse(tower);
    return new DenseTower(first, reasons.isEmpty() ? layers(tower) : List.of());
  }

  private static List<Dense> layers(List<Step> tower) {
    List<Dense> layers = new ArrayList<>();
    double[] factors = {};
    double[] offsets = {};
    for (Step step : tower) {
      Scaling left;
      if (step instanceof DenseLayer dense) {
        layers.add(folded(dense.layer(), factors, offsets));
        factors = new double[0];
        left = dense.layer().after();
      } else {
        left = ((Normalize) step).scaling();
      }
      if (left != null) {
        int width = left.factors().length;
        if (factors.length == 0) {
          factors = new double[width];
          offsets = new double[width];
          Arrays.fill(factors, 1);
        }
        for (int i = 0; i < width; i++) {
          factors[i] *= left.factors()[i];
          offsets[i] = offsets[i] * left.factors()[i] + left.offsets()[i];
        }
      }
    }
    if (factors.length > 0) {
      layers.add(diagonal(factors, offsets));
    }
    return layers;
  }

  /** A layer that reads what a batch norm left unscaled. */
  private static Dense folded(Layer layer, double[] factors, double[] offsets) {
    int inputs = layer.groups()[0];
    double[][] weights = new double[layer.outputs()][inputs];
    double[] bias = new double[layer.outputs()];
    for (int j = 0; j < layer.outputs(); j++) {
      bias[j] = layer.bias()[j];
      for (int i = 0; i < inputs; i++) {
        double weight = layer.weights()[j * inputs + i];
        weights[j][i] = factors.length == 0 ? weight : weight * factors[i];
        bias[j] += factors.length == 0 ? 0 : weight * offsets[i];
      }
    }
    return new Dense(
        weights, bias, SolrLayer.nameOf(layer.activation()).orElse(SolrLayer.IDENTITY));
  }

  private static Dense diagonal(double[] factors, double[] offsets) {
    double[][] weights = new double[factors.length][factors.length];
    for (int i = 0; i < factors.length; i++) {
      weights[i][i] = factors[i];
    }
    return new Dense(weights, offsets, SolrLayer.IDENTITY);
  }
}
