package io.rankline.pipeline;

import io.rankline.loss.LossObjective;
import io.rankline.metric.RankingMetric;
import io.rankline.pipeline.hparams.PerTask;
import java.io.IOException;
import java.util.List;

/** From a model and data to a trained model: what every pipeline has to say. */
public abstract class AbstractPipeline {

  /** For subclasses. */
  protected AbstractPipeline() {}

  /** What is minimised, of every task of the model or of each. */
  protected abstract PerTask<LossObjective> buildLoss();

  /** What validation reports of each task, all items counting alike. */
  protected abstract List<RankingMetric> buildMetrics();

  /** What validation reports of each task with the sample weights. */
  protected abstract List<RankingMetric> buildWeightedMetrics();

  /**
   * Trains the model, validates it after each epoch, and exports it.
   *
   * @throws IOException if data cannot be read or artefacts cannot be written
   */
  public abstract TrainingResult trainAndValidate() throws IOException;
}
