package io.rankline.server.model;

import io.rankline.model.ListScorer;
import io.rankline.server.status.StatusCode;
import io.rankline.serving.SavedRankingModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version of a model, from when it is found until its last request has ended. */
final class ModelVersion {

  private final long number;
  private VersionState state = VersionState.LOADING;
  private String fault = "";
  private @Nullable SavedRankingModel model;
  private @Nullable ListScorer scorer;
  private int leases;

  ModelVersion(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  synchronized boolean isAvailable() {
    return state == VersionState.AVAILABLE;
  }

  synchronized VersionStatus status() {
    return new VersionStatus(
        number, state, fault.isEmpty() ? StatusCode.OK : StatusCode.FAILED_PRECONDITION, fault);
  }

  synchronized void loaded(SavedRankingModel loaded, ListScorer through) {
    model = loaded;
    scorer = through;
    fault = "";
    state = VersionState.AVAILABLE;
  }

  synchronized void failed(String why) {
    fault = why;
    state = VersionState.END;
  }

  /** The model, unless it is not there yet or not any more. */
  synchronized Optional<ModelLease> lease() {
    if (state != VersionState.AVAILABLE || model == null || scorer == null) {
      return Optional.empty();
    }
    return Optional.of(leaseOf(model, scorer));
  }

  /** A lease of a model that need not be there for requests yet. */
  synchronized ModelLease leaseOf(SavedRankingModel leased, ListScorer through) {
    leases++;
    return new ModelLease(this, leased, through);
  }

  synchronized void released() {
    leases--;
    endIfUnused();
  }

  /** Takes no more requests; the model goes when those that have it have ended. */
  synchronized void unload() {
    state = VersionState.UNLOADING;
    endIfUnused();
  }

  private void endIfUnused() {
    if (state == VersionState.UNLOADING && leases == 0) {
      state = VersionState.END;
      model = null;
      scorer = null;
    }
  }
}
