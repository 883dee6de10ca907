package io.rankline.server.status;

/** How a request ends, by the names of gRPC, and the HTTP status that TensorFlow Serving gives. */
public enum StatusCode {
  OK(200, 0),
  INVALID_ARGUMENT(400, 3),
  FAILED_PRECONDITION(400, 9),
  UNAUTHENTICATED(401, 16),
  NOT_FOUND(404, 5),
  /** Of a body that does not come. */
  BODY_TOO_SLOW(408, 4),
  /** TensorFlow Serving has no such limit; HTTP's own code says more than its 429. */
  BODY_TOO_LARGE(413, 8),
  RESOURCE_EXHAUSTED(429, 8),
  INTERNAL(500, 13),
  UNAVAILABLE(503, 14),
  DEADLINE_EXCEEDED(504, 4);

  private final int http;
  private final int grpc;

  StatusCode(int http, int grpc) {
    this.http = http;
    this.grpc = grpc;
  }

  /** The HTTP status. */
  public int http() {
    return http;
  }

  /** The number of gRPC's status. */
  public int grpc() {
    return grpc;
  }
}
