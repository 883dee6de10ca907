package io.rankline.pipeline;

import io.rankline.model.AbstractModelBuilder;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.hparams.PipelineHparams;

/** A loss for each task, and NDCG at 1, 5, 10 and over all of each. */
public class MultiTaskPipeline extends ModelFitPipeline {

  /**
   * A pipeline.
   *
   * @throws IllegalArgumentException if there is one loss instead of one for each task
   */
  public MultiTaskPipeline(
      AbstractModelBuilder modelBuilder,
      AbstractDatasetBuilder datasetBuilder,
      PipelineHparams hparams) {
    super(modelBuilder, datasetBuilder, hparams);
    if (hparams.loss().common() != null) {
      throw new IllegalArgumentException(
          "loss must be given for each task of a MultiTaskPipeline, got one for all; use a"
              + " SimplePipeline");
    }
  }
}
