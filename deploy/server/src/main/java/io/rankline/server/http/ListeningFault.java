package io.rankline.server.http;

import java.io.IOException;

/** Why a server cannot listen, whatever library it is made with. */
public final class ListeningFault {

  private ListeningFault() {}

  /** The exception of a port that cannot be had. */
  public static IOException at(String host, int port, Throwable failure) {
    return new IOException(
        "cannot listen at %s:%s: %s; is another server running there?"
            .formatted(host, port, rootMessage(failure)),
        failure);
  }

  /** What the innermost cause says. */
  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
