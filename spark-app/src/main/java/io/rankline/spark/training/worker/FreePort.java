package io.rankline.spark.training.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for those who can listen on one alone, and try no others. */
final class FreePort {

  private FreePort() {}

  /**
   * A port that nobody listens on.
   *
   * @param first of those that are tried
   * @param count of those that are tried; 0 for any free one
   * @param place where to begin among them, so that workers of one machine do not try the same
   * @return 0 for any free one
   * @throws IllegalStateException if none is free
   */
  static int of(String host, int first, int count, int place) {
    for (int k = 0; k < count; k++) {
      int port = first + (place + k) % count;
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName(host))) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    if (count > 0) {
      throw new IllegalStateException(
          "no free port on %s in %s to %s (strategy_options.port_count and strategy_options.port)"
              .formatted(host, first, first + count - 1));
    }
    return 0;
  }
}
