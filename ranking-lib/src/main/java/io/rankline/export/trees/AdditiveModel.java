package io.rankline.export.trees;

import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.feature.transform.QueryTransform;
import io.rankline.feature.transform.Transform;
import io.rankline.frozen.step.Additive;
import io.rankline.frozen.step.DenseLayer;
import io.rankline.frozen.step.Layer;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Step;
import io.rankline.frozen.step.Value;
import io.rankline.model.input.EncodedFeature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A generalised additive model.
 *
 * @param parts what its score is the sum of, a part a feature
 */
record AdditiveModel(List<SubScore> parts) {

  /**
   * The parts of a model.
   *
   * @throws UnsupportedModelException for a model that is no such sum
   */
  static AdditiveModel of(EngineModel model) {
    List<String> reasons = new ArrayList<>();
    List<EncodedFeature> features = model.description().inputs().examples();
    for (EncodedFeature feature : features) {
      if (feature.inputWidth() > 1) {
        reasons.add(
            "feature '%s' has %s values, and a tree reads one; make as many features of it"
                .formatted(feature.name(), feature.inputWidth()));
      }
      for (Transform transform : feature.chain().transforms()) {
        if (transform instanceof QueryTransform query) {
          reasons.add(
              "feature '%s' has %s, which looks at all items of a list, and trees at each by itself;"
                      .formatted(feature.name(), query)
                  + " apply it before the data is written");
        }
      }
    }
    List<Layer> layers = layers(model.layers(), reasons);
    if (!reasons.isEmpty()) {
      throw new UnsupportedModelException("trees", reasons);
    }
    List<SubScore> parts = new ArrayList<>();
    for (EncodedFeature feature : features) {
      parts.add(new SubScore(feature, parts.size(), layers));
    }
    return new AdditiveModel(parts);
  }

  /** The layers of the towers, the first one first. */
  private static List<Layer> layers(Plan plan, List<String> reasons) {
    Map<Integer, Step> steps = new HashMap<>();
    plan.steps().forEach(computed -> steps.put(computed.value().place(), computed.step()));
    List<Layer> layers = new ArrayList<>();
    if (plan.outputs().size() != 1
        || !(steps.get(plan.outputs().get(0).place()) instanceof Additive sum)) {
      reasons.add(
          "trees can only be boosted trees, or a sum of what each feature gives; train a GAM"
              + " (scorer { type = gam }) or trees (scorer { type = lambdamart })");
      return layers;
    }
    if (sum.weights() != null) {
      reasons.add(
          "the context weighs what each feature gives, and trees have no weights for a query; train"
              + " the GAM without context features");
    }
    Value at = sum.terms();
    while (steps.get(at.place()) instanceof DenseLayer dense) {
      layers.add(0, dense.layer());
      at = dense.input();
    }
    if (!plan.inputs().contains(at)) {
      reasons.add("its towers are not dense layers alone; train a GAM (scorer { type = gam })");
    }
    return layers;
  }
}
