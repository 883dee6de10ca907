package io.rankline.spark.training.collective;

import java.io.Serializable;

/**
 * What the operations of one rank have cost so far; {@link #since} gives the cost of a step or an
 * epoch.
 *
 * @param sums how many sums of float buffers were completed
 * @param bytesSent everything this rank has sent, in bytes, headers included
 * @param exchangeNanos time spent in sums and other exchanges, nanoseconds
 * @param waitNanos of these, nanoseconds until the last rank had come to the operation: the ranks'
 *     difference in computing time, not the network's
 */
public record RingTimings(long sums, long bytesSent, long exchangeNanos, long waitNanos)
    implements Serializable {

  /** Nanoseconds from the arrival of the last rank on: sending, receiving and adding. */
  public long transferNanos() {
    return exchangeNanos - waitNanos;
  }

  /** What was added after an earlier snapshot of the same ring. */
  public RingTimings since(RingTimings earlier) {
    return new RingTimings(
        sums - earlier.sums,
        bytesSent - earlier.bytesSent,
        exchangeNanos - earlier.exchangeNanos,
        waitNanos - earlier.waitNanos);
  }
}
