package io.rankline.server.metrics;

/** Where a request came in, by TensorFlow Serving's names. */
public enum Entrypoint {
  REST,
  GRPC
}
