package io.rankline.peers;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a trial came to.
 *
 * @param loss mean training loss of the last epoch, where there is one
 * @param hash the first digits of the SHA-256 of all parameters
 * @param ndcg NDCG@10 of held-out queries
 * @param took time of the fit
 * @param trained time from the begin of its first barrier stage to the end of the last
 * @param stages number of barrier stages, those included that were begun again
 * @param hung how often the same did not end before
 */
record Outcome(
    OptionalDouble loss,
    String hash,
    double ndcg,
    Duration took,
    Duration trained,
    int stages,
    int hung) {

  /** Of a training that never ended. */
  static Outcome none(int hung) {
    return new Outcome(
        OptionalDouble.empty(), "–", Double.NaN, Duration.ZERO, Duration.ZERO, 0, hung);
  }

  /** The same where it did not end so often before. */
  Outcome behind(int times) {
    return new Outcome(loss, hash, ndcg, took, trained, stages, times);
  }
}
