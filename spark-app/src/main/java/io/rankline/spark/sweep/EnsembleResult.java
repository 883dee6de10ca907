package io.rankline.spark.sweep;

import io.rankline.pipeline.ExportName;
import io.rankline.serving.SavedRankingModel;

/**
 * An ensemble that was exported.
 *
 * @param name of its folder
 * @param model its metrics are those of the ensemble, and those of its members theirs
 * @param path of its folder
 */
public record EnsembleResult(ExportName name, SavedRankingModel model, String path) {}
