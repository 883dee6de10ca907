package io.rankline.loss;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A loss of one ranked list. The record that implements it is its parameters; {@link LossKey} lists
 * them, {@link LossObjective} applies them to batches. A loss of your own is a {@link CustomLoss}.
 */
public sealed interface RankingLoss extends Serializable
    permits ApproxMrrLoss,
        ApproxNdcgLoss,
        CircleLoss,
        ClickEmLoss,
        CoupledRankDistilLoss,
        CustomLoss,
        GumbelApproxNdcgLoss,
        GumbelNeuralSortCrossEntropyLoss,
        GumbelNeuralSortNdcgLoss,
        IpwSigmoidCrossEntropyLoss,
        IpwSoftmaxLoss,
        ListMleLoss,
        MeanSquaredLoss,
        MixtureEmLoss,
        MultiClassLoss,
        NeuralNdcgLoss,
        NeuralSortCrossEntropyLoss,
        NeuralSortNdcgLoss,
        OrdinalLoss,
        PairwiseLoss,
        PolyOneSoftmaxLoss,
        SigmoidCrossEntropyLoss,
        SoftmaxLoss,
        CalibratedSoftmaxLoss,
        UniqueSoftmaxLoss {

  /** The name in configuration, logs and results. */
  String wireName();

  /** What the loss adds up. */
  LossFamily family();

  /** M, the number of scores that an item needs. */
  default int outputs() {
    return 1;
  }

  /** Scores are divided by this first. */
  default double temperature() {
    return 1;
  }

  /** True where {@link #evaluate} applies the temperature to something else than the scores. */
  default boolean dividesScoresItself() {
    return false;
  }

  /** Perturbs the scores of a list before the loss sees them; null where the loss does not. */
  default @Nullable GumbelSampler sampler() {
    return null;
  }

  /** This loss with that seed for its draws, where it draws and has no seed of its own. */
  default RankingLoss seeded(long seed) {
    return this;
  }

  /**
   * True where per-list and unreduced values divide scores by the temperature as training does. As
   * in TF-Ranking only the softmax losses do.
   */
  default boolean dividesPerListScores() {
    return false;
  }

  /**
   * Adds loss, weight and gradient of the list that the workspace holds to the workspace. Called by
   * {@link LossObjective}.
   */
  void evaluate(LossWorkspace list);
}
