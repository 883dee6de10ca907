package io.rankline.server.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is sent, and how fast.
 *
 * @param url where to
 * @param bodies of requests, in turns
 * @param headers of every request
 * @param connections requests under way at once
 * @param rate requests a second, at even distances; 0 for each as soon as the one before it on its
 *     connection is answered
 * @param warmUp time before it counts
 * @param time that counts
 * @param timeout of a request
 */
public record LoadPlan(
    URI url,
    List<byte[]> bodies,
    Map<String, String> headers,
    int connections,
    double rate,
    Duration warmUp,
    Duration time,
    Duration timeout) {

  /** Checks all. */
  public LoadPlan {
    bodies = List.copyOf(bodies);
    headers = Map.copyOf(headers);
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException("url must be http://… or https://…, got " + url);
    }
    if (bodies.isEmpty()) {
      throw new IllegalArgumentException("body must be a file or more, got none");
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be 1 or more, got " + connections);
    }
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "rate must be 0 (as fast as it goes) or more, got " + rate);
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("seconds must be above 0, got " + time.toSeconds());
    }
  }
}
