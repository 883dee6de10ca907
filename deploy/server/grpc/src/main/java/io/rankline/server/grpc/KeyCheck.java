package io.rankline.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.rankline.server.http.ApiKeys;

/** Refuses calls without a key, before their messages come. */
record KeyCheck(ApiKeys keys) implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> OWN =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (keys.allow(headers.get(AUTHORIZATION), headers.get(OWN))) {
      return next.startCall(call, headers);
    }
    call.close(Status.UNAUTHENTICATED.withDescription(ApiKeys.NEEDED), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
