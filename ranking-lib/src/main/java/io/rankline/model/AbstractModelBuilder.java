package io.rankline.model;

import java.io.Serializable;

/**
 * Builds a {@link RankingModel}. Extend it to bring a graph of your own; ModelBuilder puts one
 * together from features, a preprocessor and a scorer.
 */
public abstract class AbstractModelBuilder implements Serializable {

  private static final long serialVersionUID = 1;

  /** For subclasses. */
  protected AbstractModelBuilder() {}

  /**
   * A new model with fresh parameters.
   *
   * @param settings what it is to be trained for, and how
   * @throws IllegalArgumentException for settings that do not fit the model
   */
  public abstract RankingModel build(TrainingSettings settings);

  /** A new model under the default settings. */
  public final RankingModel build() {
    return build(TrainingSettings.builder().build());
  }
}
