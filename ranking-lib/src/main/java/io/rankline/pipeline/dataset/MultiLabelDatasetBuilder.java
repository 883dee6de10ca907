package io.rankline.pipeline.dataset;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.pipeline.hparams.DatasetHparams;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Data sets of files with a label for each of several tasks, and maybe weights they share. */
public class MultiLabelDatasetBuilder extends BaseDatasetBuilder {

  private final SortedMap<String, String> labelsByTask = new TreeMap<>();

  /** As the other constructor, without weights. */
  public MultiLabelDatasetBuilder(
      Map<String, ? extends FeatureSpec> context,
      Map<String, ? extends FeatureSpec> examples,
      String maskFeatureName,
      Map<String, LabelSpec> labels,
      DatasetHparams hparams) {
    this(context, examples, maskFeatureName, labels, hparams, null);
  }

  /**
   * A builder.
   *
   * @param context context features by name
   * @param examples example features by name
   * @param maskFeatureName name of the mask among the model's inputs
   * @param labels label of each task by the task's name; tasks may share one
   * @param sampleWeight where the weights of all tasks come from, or null for none
   * @throws IllegalArgumentException if two of them have one name
   */
  public MultiLabelDatasetBuilder(
      Map<String, ? extends FeatureSpec> context,
      Map<String, ? extends FeatureSpec> examples,
      String maskFeatureName,
      Map<String, LabelSpec> labels,
      DatasetHparams hparams,
      @Nullable WeightSpec sampleWeight) {
    super(
        new RecordSpec(
            new TreeMap<>(context),
            new TreeMap<>(examples),
            new TreeMap<>(labels).values().stream().distinct().toList(),
            sampleWeight),
        RecordSpec.of(context, examples),
        maskFeatureName,
        hparams);
    labels.forEach((task, label) -> labelsByTask.put(task, label.name()));
  }

  @Override
  public SortedMap<String, String> labelsByTask() {
    return Collections.unmodifiableSortedMap(labelsByTask);
  }
}
