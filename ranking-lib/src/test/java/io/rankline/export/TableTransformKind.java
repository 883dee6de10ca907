package io.rankline.export;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.PiecewiseLinear;
import io.rankline.feature.transform.QuantileNormal;
import io.rankline.feature.transform.Transform;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import java.util.List;
import java.util.Map;

/** The model with all transforms that are lines between the numbers of a table. */
final class TableTransformKind {

  /** Before lines that have no end, so that no number is too large for the rest to count. */
  private static final Transform CUT = Transform.clip(-3, 9);

  private TableTransformKind() {}

  /** Of one column and of several, of one place, of bins without numbers, and of missing values. */
  static ModelExport model() {
    FixedLenFeature one = FixedLenFeature.float32(1);
    FixedLenFeature missing = one.withDefault(Float.NaN);
    QuantileNormal bell =
        new QuantileNormal(
            5,
            List.of(5),
            List.of(-2f, 0.1f, Math.nextUp(0.1f), 1.5f, 700f),
            List.of(-1.5f, -0.5f, 0f, 0.5f, 1.25f));
    PiecewiseLinear bins = new PiecewiseLinear(3, List.of(-2f, 0.25f, 0.25f, 7f));
    RecordSpec records =
        RecordSpec.of(
            Map.of("hour", one.withDefault(0.75f)),
            Map.of(
                "bell", one,
                "bells", FixedLenFeature.float32(2),
                "bell_missing", missing,
                "bins", one,
                "bins_missing", missing,
                "bins_of_bell", missing,
                "bins_of_ends", one,
                "bins_of_two", FixedLenFeature.float32(2)));
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .transform("hour", bell)
            .transform("bell", bell)
            .transform(
                "bells",
                new QuantileNormal(
                    5, List.of(1, 2), List.of(0.5f, -1f, 1f), List.of(0.25f, -1f, 2f)))
            .transform("bell_missing", bell, new PiecewiseLinear(2, List.of(-1.5f, 0.5f, 1.25f)))
            .transform("bins", CUT, bins)
            .transform("bins_missing", CUT, bins)
            .transform("bins_of_bell", bell, new PiecewiseLinear(2, List.of(-1f, 0f, 0.125f)))
            .transform("bins_of_ends", CUT, new PiecewiseLinear(3, List.of(-1f, -1f, 2f, 2f)))
            .transform("bins_of_two", CUT, new PiecewiseLinear(1, List.of(-3f, 0f, 2f, 3f)))
            .build();
    return ModelKinds.export(
        records,
        preprocessor,
        DNNScorer.builder().hiddenLayerDims(12).build(),
        ModelKinds.settings("softmax_loss"));
  }
}
