package io.rankline.server.front;

import io.rankline.server.http.ApiKeys;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.http.HttpSettings;
import io.rankline.server.http.WorkQueue;
import io.rankline.server.message.MessageApi;
import io.rankline.server.metrics.ServerMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;

/** gRPC, which is there where its module is on the class path. */
public interface GrpcFront {

  /** That of the class path. */
  static Optional<GrpcFront> find() {
    return ServiceLoader.load(GrpcFront.class).findFirst();
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the port is taken, or certificate or key cannot be read
   */
  Running start(Setup setup) throws IOException;

  /** What listens. */
  interface Running {

    /** The port; the one that was free where 0 was asked for. */
    int port();

    /** Takes no more requests, answers those that it has, and ends. */
    void stop(Duration timeout);
  }

  /**
   * What requests meet.
   *
   * @param host address to listen at
   * @param port 0 for any that is free
   * @param tls certificate and key; none for plain text
   * @param keys who may ask
   * @param limits what clients may take
   * @param api answers messages
   * @param queue the threads that score, which other ways in share
   * @param metrics counts requests
   */
  record Setup(
      String host,
      int port,
      Optional<HttpSettings.Tls> tls,
      ApiKeys keys,
      HttpLimits limits,
      MessageApi api,
      WorkQueue queue,
      ServerMetrics metrics) {

    /** Checks the port. */
    public Setup {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("grpc-port must be from 0 to 65535, got " + port);
      }
    }
  }
}
