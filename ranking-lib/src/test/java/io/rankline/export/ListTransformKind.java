package io.rankline.export;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.MissingIndicator;
import io.rankline.feature.transform.QueryMinMax;
import io.rankline.feature.transform.QueryRank;
import io.rankline.feature.transform.QueryZScore;
import io.rankline.feature.transform.Transform;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model with all transforms that look at lists, and with those of missing values. */
final class ListTransformKind {

  private static final FixedLenFeature ONE = FixedLenFeature.float32(1);

  private final Map<String, FixedLenFeature> features = new TreeMap<>();
  private final PreprocessorWithSpec.Builder preprocessor = PreprocessorWithSpec.builder();

  private ListTransformKind() {}

  static ModelExport model() {
    ListTransformKind kind = new ListTransformKind();
    kind.addBeside("score", Transform.QUERY_Z_SCORE);
    kind.addBeside("share", Transform.QUERY_MIN_MAX);
    kind.addBeside("place", Transform.QUERY_RANK);
    kind.add("own_score", new QueryZScore(false));
    kind.add("own_share", new QueryMinMax(false));
    kind.add("own_place", new QueryRank(false));
    kind.add("absent", new MissingIndicator(false));
    kind.add("place_absent", ONE, new QueryRank(false), Transform.MISSING);
    return ModelKinds.export(
        RecordSpec.of(Map.of(), kind.features),
        kind.preprocessor.build(),
        DNNScorer.builder().hiddenLayerDims(12).inputBatchNorm(true).build(),
        ModelKinds.settings("softmax_loss"));
  }

  /** Values that stay go into the network, where thousands would drown the rest. */
  private void addBeside(String name, Transform transform) {
    add(name, ONE, Transform.LOG1P, transform);
    add(name + "_default", ONE.withDefault(2.5f), Transform.LOG1P, transform);
    add(name + "_of_two", FixedLenFeature.float32(2), Transform.LOG1P, transform);
  }

  /** Of one value and of several, of none that differ or hardly, and of missing ones. */
  private void add(String name, Transform transform) {
    add(name, ONE, transform);
    add(name + "_default", ONE.withDefault(2.5f), transform);
    add(name + "_of_two", FixedLenFeature.float32(2), transform);
    add(name + "_of_log", ONE, Transform.LOG1P, transform);
    add(name + "_same", ONE, Transform.LOG1P, Transform.clip(20.1f, 30), transform);
    add(name + "_near", ONE, Transform.clip(0.1f, Math.nextUp(0.1f)), transform);
    add(
        name + "_missing",
        ONE.withDefault(Float.NaN),
        transform,
        new Bucketize(List.of(-1f, 0f, 0.3f, 0.5f, 0.8f), Bucketize.Output.ONE_HOT));
  }

  private void add(String name, FixedLenFeature feature, Transform... transforms) {
    features.put(name, feature);
    preprocessor.transform(name, transforms);
  }
}
