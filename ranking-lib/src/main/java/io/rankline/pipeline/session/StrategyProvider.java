package io.rankline.pipeline.session;

import java.io.IOException;
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
}
