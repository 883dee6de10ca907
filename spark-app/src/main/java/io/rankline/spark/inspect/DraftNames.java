package io.rankline.spark.inspect;

import org.jspecify.annotations.Nullable;

/**
 * What a draft is told, or has found.
 *
 * @param query column or feature that tells queries apart
 * @param label the label
 * @param weight the weight, or null for none
 * @param modelDir where the training's files go
 */
public record DraftNames(String query, String label, @Nullable String weight, String modelDir) {

  /** With the weight that the data seems to have. */
  public static DraftNames of(String query, String label, FilesProfile profile, String modelDir) {
    String weight =
        ColumnNames.weight(
            name ->
                isWeight(profile.examples().get(name)) || isWeight(profile.context().get(name)));
    return new DraftNames(query, label, weight, modelDir);
  }

  private static boolean isWeight(@Nullable FeatureProfile feature) {
    return SpecDraft.canBeLabel(feature) && feature != null && feature.min() >= 0;
  }
}
