package io.rankline.pipeline.session;

import io.rankline.model.scorer.LambdaMartScorer.Growing;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Offers strategies of another module; found by {@link java.util.ServiceLoader}. */
public interface StrategyProvider {

  /** The names of its strategies. */
  Set<String> names();

  /**
   * Opens a session.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if the strategy cannot train under these hyperparameters
   */
  TrainingSession open(String name, SessionRequest request) throws IOException;

  /**
   * Refuses what its strategies cannot do for a model whose trees are grown, before work starts.
   *
   * @param name one of {@link #names}
   * @param options of the strategy
   * @throws IllegalArgumentException saying what to set, as of every strategy that only takes the
   *     steps of networks
   */
  default void requireForTrees(String name, Map<String, String> options) {
    throw new IllegalArgumentException(
        "strategy %s shares out the steps of a network, and scorer lambdamart grows trees; take %s, which grows them on executors, or leave strategy out"
            .formatted(name, Strategies.MULTI_WORKER));
  }

  /**
   * Opens a session that grows trees, where {@link #requireForTrees} refuses nothing.
   *
   * @param name one of {@link #names}
   * @param growing the trees of the request's model
   * @throws IllegalArgumentException if the strategy cannot train under these hyperparameters
   */
  default TrainingSession openForTrees(String name, SessionRequest request, Growing growing)
      throws IOException {
    throw new IllegalStateException("strategy %s grows no trees".formatted(name));
  }
}
