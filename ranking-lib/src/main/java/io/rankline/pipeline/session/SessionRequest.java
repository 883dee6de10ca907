package io.rankline.pipeline.session;

import io.rankline.model.RankingModel;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.hparams.PipelineHparams;

/**
 * What a strategy needs to know of a training.
 *
 * @param model initialised; takes the parameters after each call
 * @param data where lists come from
 * @param hparams how to train
 */
public record SessionRequest(
    RankingModel model, AbstractDatasetBuilder data, PipelineHparams hparams) {}
