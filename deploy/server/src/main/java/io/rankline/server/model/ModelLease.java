package io.rankline.server.model;

import io.rankline.serving.SavedRankingModel;

/**
 * A version in use. It stays loaded until the lease is closed, also when a newer one has taken its
 * place.
 */
public final class ModelLease implements AutoCloseable {

  private final ModelVersion version;
  private final SavedRankingModel model;

  ModelLease(ModelVersion version, SavedRankingModel model) {
    this.version = version;
    this.model = model;
  }

  /** The model. */
  public SavedRankingModel model() {
    return model;
  }

  /** Its version. */
  public long version() {
    return version.number();
  }

  @Override
  public void close() {
    version.released();
  }
}
