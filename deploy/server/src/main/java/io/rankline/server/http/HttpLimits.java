package io.rankline.server.http;

import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.time.Duration;

/**
 * What clients may take of the server.
 *
 * @param mostBodyBytes of a request, packed and unpacked
 * @param mostHeldBytes of all requests that are read or wait
 * @param mostQueued requests that wait for a worker
 * @param workers threads that read and score requests
 * @param mostConnections that are open at once
 * @param requestTimeout from the head of a request until it is scored
 * @param idleTimeout of a connection on which nothing comes or goes
 * @param stopTimeout for requests that are under way when the server stops
 */
public record HttpLimits(
    long mostBodyBytes,
    long mostHeldBytes,
    int mostQueued,
    int workers,
    int mostConnections,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration stopTimeout) {

  /** Checks that all are positive, and that the largest body can be held. */
  public HttpLimits {
    requirePositive("max-body-bytes", mostBodyBytes);
    requirePositive("max-queued-requests", mostQueued);
    requirePositive("rest-api-num-threads", workers);
    requirePositive("max-connections", mostConnections);
    requirePositive("rest-api-timeout-in-ms", requestTimeout.toMillis());
    requirePositive("idle-timeout-in-ms", idleTimeout.toMillis());
    requirePositive("stop-timeout-in-ms", stopTimeout.toMillis());
    if (mostBodyBytes > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "max-body-bytes must be 2147483631 or less, got " + mostBodyBytes);
    }
    if (mostHeldBytes < mostBodyBytes) {
      throw new IllegalArgumentException(
          "max-held-bytes must be max-body-bytes (%s) or more, got %s; give the JVM more memory"
                  .formatted(mostBodyBytes, mostHeldBytes)
              + " (RANKLINE_MEMORY), or set max-body-bytes lower");
    }
  }

  /** Why a request is refused while as many wait as may. */
  public RequestFault tooManyWait() {
    return new RequestFault(
        StatusCode.RESOURCE_EXHAUSTED,
        "%s requests are waiting, as many as may; try again later".formatted(mostQueued));
  }

  /**
   * Checks that a request did not wait for a worker too long.
   *
   * @param started when it came, by {@link System#nanoTime}
   * @throws RequestFault DEADLINE_EXCEEDED
   */
  public void requireInTime(long started) throws RequestFault {
    if (System.nanoTime() - started > requestTimeout.toNanos()) {
      throw new RequestFault(
          StatusCode.DEADLINE_EXCEEDED,
          "the request waited longer than %s ms; the server has more of them than it can answer"
              .formatted(requestTimeout.toMillis()));
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be 1 or more, got %s".formatted(name, value));
    }
  }
}
