package io.rankline.spark.training.collective;

import java.io.Serializable;

/**
 * What the sums of one rank have cost so far; {@link #since} gives the cost of a step or an epoch.
 *
 * @param sums how many sums of float buffers were completed
 * @param bytesSent everything this rank has sent, in bytes, headers and small exchanges included
 * @param sumNanos time spent in sums, nanoseconds
 * @param waitNanos of these, nanoseconds until the last rank had come to the sum: the ranks'
 *     difference in computing time, not the network's
 */
public record RingTimings(long sums, long bytesSent, long sumNanos, long waitNanos)
    implements Serializable {

  /** Nanoseconds in sums from the arrival of the last rank on: sending, receiving and adding. */
  public long transferNanos() {
    return sumNanos - waitNanos;
  }

  /** What was added after an earlier snapshot of the same ring. */
  public RingTimings since(RingTimings earlier) {
    return new RingTimings(
        sums - earlier.sums,
        bytesSent - earlier.bytesSent,
        sumNanos - earlier.sumNanos,
        waitNanos - earlier.waitNanos);
  }
}
