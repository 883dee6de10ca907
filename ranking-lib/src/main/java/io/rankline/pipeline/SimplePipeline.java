package io.rankline.pipeline;

import io.rankline.model.AbstractModelBuilder;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.hparams.PipelineHparams;

/**
 * One loss for all that the model puts out, and NDCG at 1, 5, 10 and over all: TF-Ranking's
 * pipeline for the common case.
 */
public class SimplePipeline extends ModelFitPipeline {

  /**
   * A pipeline.
   *
   * @throws IllegalArgumentException if losses are given by task: that is for MultiTaskPipeline
   */
  public SimplePipeline(
      AbstractModelBuilder modelBuilder,
      AbstractDatasetBuilder datasetBuilder,
      PipelineHparams hparams) {
    super(modelBuilder, datasetBuilder, hparams);
    if (!hparams.loss().byTask().isEmpty()) {
      throw new IllegalArgumentException(
          "loss must be one loss for a SimplePipeline, got losses for %s; use a MultiTaskPipeline"
              .formatted(hparams.loss().byTask().keySet()));
    }
  }
}
