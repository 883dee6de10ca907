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
 */
record Outcome(
    OptionalDouble loss, String hash, double ndcg, Duration took, Duration trained, int stages) {}
