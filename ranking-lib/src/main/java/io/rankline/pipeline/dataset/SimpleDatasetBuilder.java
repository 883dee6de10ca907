package io.rankline.pipeline.dataset;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.pipeline.hparams.DatasetHparams;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Data sets of files with one label, and maybe weights. */
public class SimpleDatasetBuilder extends BaseDatasetBuilder {

  /** As the other constructor, without weights. */
  public SimpleDatasetBuilder(
      Map<String, ? extends FeatureSpec> context,
      Map<String, ? extends FeatureSpec> examples,
      String maskFeatureName,
      LabelSpec label,
      DatasetHparams hparams) {
    this(context, examples, maskFeatureName, label, hparams, null);
  }

  /**
   * A builder.
   *
   * @param context context features by name
   * @param examples example features by name
   * @param maskFeatureName name of the mask among the model's inputs
   * @param label the label
   * @param sampleWeight where weights come from, or null for none
   * @throws IllegalArgumentException if two of them have one name
   */
  public SimpleDatasetBuilder(
      Map<String, ? extends FeatureSpec> context,
      Map<String, ? extends FeatureSpec> examples,
      String maskFeatureName,
      LabelSpec label,
      DatasetHparams hparams,
      @Nullable WeightSpec sampleWeight) {
    super(
        new RecordSpec(
            new TreeMap<>(context), new TreeMap<>(examples), List.of(label), sampleWeight),
        RecordSpec.of(context, examples),
        maskFeatureName,
        hparams);
  }
}
