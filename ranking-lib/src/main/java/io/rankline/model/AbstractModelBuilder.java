package io.rankline.model;

import io.rankline.data.RankingList;
import io.rankline.model.kernel.OpenBlas;
import java.io.Serializable;

/**
 * Builds a {@link RankingModel}. Extend it to bring a graph of your own; ModelBuilder puts one
 * together from features, a preprocessor and a scorer.
 */
public abstract class AbstractModelBuilder implements Serializable {

  private static final long serialVersionUID = 1;

  static {
    OpenBlas.fitKernels();
  }

  /** For subclasses. */
  protected AbstractModelBuilder() {}

  /**
   * A new model with fresh parameters.
   *
   * @param settings what it is to be trained for, and how
   * @throws IllegalArgumentException for settings that do not fit the model
   */
  public abstract RankingModel build(TrainingSettings settings);

  /** Whether the model can be built as it is; false where transforms need numbers from the data. */
  public boolean isFitted() {
    return true;
  }

  /**
   * The builder with transforms like z_score fitted; itself where there are none.
   *
   * @param lists the training data as it is read; may be gone through more than once
   */
  public AbstractModelBuilder fit(Iterable<RankingList> lists) {
    return this;
  }

  /** A new model under the default settings. */
  public final RankingModel build() {
    return build(TrainingSettings.builder().build());
  }
}
