package io.rankline.server.status;

/** How a request ends, by the names of gRPC, and the HTTP status that TensorFlow Serving gives. */
public enum StatusCode {
  OK(200),
  INVALID_ARGUMENT(400),
  FAILED_PRECONDITION(400),
  UNAUTHENTICATED(401),
  NOT_FOUND(404),
  /** Of a body that does not come. */
  BODY_TOO_SLOW(408),
  /** TensorFlow Serving has no such limit; HTTP's own code says more than its 429. */
  BODY_TOO_LARGE(413),
  RESOURCE_EXHAUSTED(429),
  INTERNAL(500),
  UNAVAILABLE(503),
  DEADLINE_EXCEEDED(504);

  private final int http;

  StatusCode(int http) {
    this.http = http;
  }

  /** The HTTP status. */
  public int http() {
    return http;
  }
}
