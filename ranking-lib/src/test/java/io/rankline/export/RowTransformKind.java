package io.rankline.export;

import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.profile.ColumnProfile;
import io.rankline.feature.profile.InputProfile;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.ZScore;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.Scorer;
import io.rankline.serving.ModelExport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Models with all transforms that look at a row alone, with every kind of default. */
final class RowTransformKind {

  /**
   * Of what the network reads as it is: next to made-up numbers, some of which are thousands, the
   * rest would be below the rounding.
   */
  private static final InputProfile PROFILE =
      new InputProfile(
          100,
          List.of(),
          new TreeMap<>(Map.of("age", column(18, 29, 30.5f, 44, 71))),
          new TreeMap<>(
              Map.of(
                  "plain", column(-7.5f, -1, -0.01f, 0, 0.3f, 1.75f, 9),
                  "ratings", column(-2, 0, 0.5f, 3, 4.25f, 5))));

  private RowTransformKind() {}

  static ModelExport model(Scorer scorer) {
    FixedLenFeature one = FixedLenFeature.float32(1);
    FixedLenFeature missing = one.withDefault(Float.NaN);
    RecordSpec records =
        RecordSpec.of(
            Map.of("age", one.withDefault(30f), "hour", missing),
            Map.ofEntries(
                Map.entry("cut", one),
                Map.entry("grade", missing),
                Map.entry("kind", FixedLenFeature.int64(2).withDefault(1L)),
                Map.entry("log", FixedLenFeature.float32(3).withDefault(0.5f)),
                Map.entry("log_cut", one),
                Map.entry("plain", one),
                Map.entry("price", missing),
                Map.entry("range", FixedLenFeature.float32(2)),
                Map.entry("range_after_log", one),
                Map.entry("ratings", new RaggedFeature(DType.FLOAT32)),
                Map.entry("scaled", missing),
                Map.entry("scaled_too", FixedLenFeature.float32(2))));
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .transform("cut", Transform.clip(-1, 2.5f))
            .transform("grade", new Bucketize(List.of(-2f, 0f, 0.5f, 7f), Bucketize.Output.ONE_HOT))
            .transform("hour", new Bucketize(List.of(-1f, 3f), Bucketize.Output.INDEX))
            .defaultValue("hour", 4)
            .transform("kind", Transform.oneHot(4))
            .transform("log", Transform.LOG1P)
            .transform("log_cut", Transform.log1p(2))
            .transform("price", Transform.LOG1P)
            .defaultValue("price", -0.75f)
            .transform("range", new MinMax(List.of(-3f, 0.5f), List.of(7f, 4.25f)))
            .transform("range_after_log", Transform.LOG1P, new MinMax(List.of(-3f), List.of(7f)))
            .width("ratings", 2)
            .defaultValue("ratings", 0.125f)
            .transform("scaled", new ZScore(List.of(1.25f), List.of(0.75f)))
            .defaultValue("scaled", 1)
            .transform("scaled_too", new ZScore(List.of(-1f, 2f), List.of(3f, 5f)))
            .build();
    ModelExport export =
        ModelKinds.export(records, preprocessor, scorer, ModelKinds.settings("softmax_loss"));
    return ModelExport.builder(export.model(), records).profile(PROFILE).build();
  }

  private static ColumnProfile column(float... numbers) {
    List<Float> all = new ArrayList<>();
    for (float number : numbers) {
      all.add(number);
    }
    return new ColumnProfile(100, 0.1, List.of(0, 1, 2), all);
  }
}
