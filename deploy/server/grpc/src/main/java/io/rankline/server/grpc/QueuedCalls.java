package io.rankline.server.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.rankline.server.batch.QueueFullException;
import io.rankline.server.front.GrpcFront;
import io.rankline.server.metrics.Entrypoint;
import io.rankline.server.protocol.ModelSpec;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that wait for a thread which scores, as those of other ways in do. */
final class QueuedCalls {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedCalls.class);

  private final GrpcFront.Setup setup;

  QueuedCalls(GrpcFront.Setup setup) {
    this.setup = setup;
  }

  /** What answers a request. */
  @FunctionalInterface
  interface Answering<Q, A> {
    A answer(Q request) throws RequestFault;
  }

  /**
   * Answers on the threads of the queue.
   *
   * @param verb for metrics
   * @param spec of a request
   * @param items how many scores an answer has
   */
  <Q, A> ServerCalls.UnaryMethod<Q, A> queued(
      String verb,
      Function<Q, ModelSpec> spec,
      ToLongFunction<A> items,
      Answering<Q, A> answering) {
    return (request, observer) -> {
      long started = System.nanoTime();
      String model = spec.apply(request).getName();
      Runnable work =
          () -> {
            StatusCode code = StatusCode.OK;
            long scored = 0;
            try {
              A answer = answer(request, answering, observer, started);
              scored = items.applyAsLong(answer);
              observer.onNext(answer);
              observer.onCompleted();
            } catch (RequestFault e) {
              code = fail(observer, e);
            }
            ended(model, verb, code, started, scored);
          };
      if (!setup.queue().offer(work)) {
        StatusCode code = fail(observer, setup.limits().tooManyWait());
        ended(model, verb, code, started, 0);
      }
    };
  }

  private void ended(String model, String verb, StatusCode code, long started, long scored) {
    setup.metrics().ended(model, verb, Entrypoint.GRPC, code, System.nanoTime() - started, scored);
  }

  private <Q, A> A answer(
      Q request, Answering<Q, A> answering, StreamObserver<A> observer, long started)
      throws RequestFault {
    if (observer instanceof ServerCallStreamObserver<A> call && call.isCancelled()) {
      throw new RequestFault(StatusCode.DEADLINE_EXCEEDED, "the client waits no longer");
    }
    setup.limits().requireInTime(started);
    try {
      return answering.answer(request);
    } catch (QueueFullException e) {
      throw e.fault();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      LOG.error("a request over gRPC failed", e);
      throw RequestFault.internal(e);
    }
  }

  private static StatusCode fail(StreamObserver<?> observer, RequestFault fault) {
    observer.onError(
        Status.fromCodeValue(fault.code().grpc())
            .withDescription(fault.text())
            .asRuntimeException());
    return fault.code();
  }
}
