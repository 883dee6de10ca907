package io.rankline.export.graph;

import io.rankline.export.engine.EngineModel;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.Clip;
import io.rankline.feature.transform.Log1p;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.QuantileNormal;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.TransformChain;
import io.rankline.feature.transform.ZScore;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Plan.Computed;
import io.rankline.frozen.step.SideBySide;
import io.rankline.frozen.step.Step;
import io.rankline.frozen.step.TreeSum;
import io.rankline.frozen.step.Trees;
import io.rankline.frozen.step.Value;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trees that read numbers as records have them.
 *
 * <p>A tree asks whether a transformed value is below a threshold. Where transforms never put a
 * larger value below a smaller one, that is whether the value itself is below another threshold,
 * which is found here: so engines need no such transforms, and their last bits decide no split.
 */
public final class RawTrees {

  private final List<EncodedFeature> columns;

  private RawTrees(List<EncodedFeature> columns) {
    this.columns = columns;
  }

  /** The same model with trees on numbers as they are read; itself if it has other layers. */
  public static EngineModel of(EngineModel model) {
    TreeSum sum = only(model.layers());
    List<Integer> inputs = sum == null ? List.of() : inputs(model.layers(), sum);
    if (sum == null || inputs.isEmpty()) {
      return model;
    }
    RawTrees raw = new RawTrees(columns(model.inputs(), inputs));
    Trees trees = sum.trees().withThresholds(raw::threshold);
    List<Computed> steps = new ArrayList<>();
    for (Computed computed : model.layers().steps()) {
      steps.add(
          computed.step() == sum
              ? new Computed(computed.value(), new TreeSum(sum.input(), trees))
              : computed);
    }
    return model.with(model.layers().withSteps(steps), withoutTransforms(model.inputs()));
  }

  /** The trees of a model that is nothing but trees. */
  public static @Nullable TreeSum only(Plan layers) {
    TreeSum only = null;
    for (Computed computed : layers.steps()) {
      if (computed.step() instanceof TreeSum sum
          && layers.outputs().equals(List.of(computed.value()))) {
        only = sum;
      }
    }
    return only;
  }

  /** The features whose columns the rows of trees have, side by side; none for other rows. */
  public static List<EncodedFeature> columns(EngineModel model, TreeSum sum) {
    return columns(model.inputs(), inputs(model.layers(), sum));
  }

  private static List<EncodedFeature> columns(EncodedInputs plan, List<Integer> inputs) {
    List<List<EncodedFeature>> dense = new ArrayList<>();
    for (List<EncodedFeature> side : List.of(plan.examples(), plan.context())) {
      if (!side.isEmpty()) {
        dense.add(side);
      }
    }
    List<EncodedFeature> columns = new ArrayList<>();
    for (int input : inputs) {
      for (EncodedFeature feature : dense.get(input)) {
        for (int c = 0; c < feature.columns().width(); c++) {
          columns.add(feature);
        }
      }
    }
    return columns;
  }

  /**
   * Which dense inputs stand side by side in the rows; none where something is computed of them.
   */
  private static List<Integer> inputs(Plan layers, TreeSum sum) {
    Map<Integer, Step> steps = new HashMap<>();
    layers.steps().forEach(computed -> steps.put(computed.value().place(), computed.step()));
    List<Value> parts =
        steps.get(sum.input().place()) instanceof SideBySide rows
            ? rows.parts()
            : List.of(sum.input());
    List<Value> dense = layers.inputs().stream().filter(input -> input.width() > 0).toList();
    List<Integer> places = parts.stream().map(dense::indexOf).toList();
    return places.contains(-1) ? List.of() : places;
  }

  private static EncodedInputs withoutTransforms(EncodedInputs plan) {
    return new EncodedInputs(
        plan.inputs(),
        plan.context().stream().map(RawTrees::withoutTransforms).toList(),
        plan.examples().stream().map(RawTrees::withoutTransforms).toList(),
        plan.contextTokens(),
        plan.exampleTokens());
  }

  private static EncodedFeature withoutTransforms(EncodedFeature feature) {
    return keepsOrder(feature.chain())
        ? new EncodedFeature(
            feature.name(),
            feature.inputWidth(),
            TransformChain.IDENTITY,
            feature.defaultValue(),
            feature.columns())
        : feature;
  }

  /** Whether of two values the larger one never becomes smaller than the other. */
  private static boolean keepsOrder(TransformChain chain) {
    return chain.transforms().stream().allMatch(RawTrees::keepsOrder);
  }

  private static boolean keepsOrder(Transform transform) {
    return transform instanceof Log1p
        || transform instanceof Clip
        || transform instanceof ZScore
        || transform instanceof MinMax
        || transform instanceof QuantileNormal
        || (transform instanceof Bucketize buckets && buckets.output() == Bucketize.Output.INDEX);
  }

  /**
   * The least value that is not below a threshold after its transforms; positive infinity if none
   * is, negative infinity if all are.
   */
  private float threshold(int column, float threshold) {
    EncodedFeature feature = columns.get(column);
    if (feature.chain().transforms().isEmpty() || !keepsOrder(feature.chain())) {
      return threshold;
    }
    int place = column - columns.indexOf(feature);
    long below = place(Float.NEGATIVE_INFINITY);
    long from = place(Float.POSITIVE_INFINITY);
    while (from - below > 1) {
      long middle = Math.floorDiv(below + from, 2L);
      if (transformed(feature, place, value(middle)) >= threshold) {
        from = middle;
      } else {
        below = middle;
      }
    }
    float least = value(from);
    return least == -Float.MAX_VALUE ? Float.NEGATIVE_INFINITY : least + 0f;
  }

  private static float transformed(EncodedFeature feature, int column, float value) {
    float[] values = new float[feature.inputWidth()];
    Arrays.fill(values, value);
    return feature.chain().apply(values, 1, values.length)[column];
  }

  /** The place of a float among all in their order. */
  private static long place(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? -(bits & Integer.MAX_VALUE) : bits;
  }

  /** The float of a place. */
  private static float value(long place) {
    return place < 0 ? -Float.intBitsToFloat((int) -place) : Float.intBitsToFloat((int) place);
  }
}
