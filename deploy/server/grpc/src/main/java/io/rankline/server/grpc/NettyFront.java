package io.rankline.server.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.rankline.server.front.GrpcFront;
import io.rankline.server.http.ListeningFault;
import io.rankline.server.message.MessageApi;
import io.rankline.server.protocol.ClassificationRequest;
import io.rankline.server.protocol.GetModelMetadataRequest;
import io.rankline.server.protocol.GetModelStatusRequest;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.PredictResponse;
import io.rankline.server.protocol.RegressionRequest;
import io.rankline.server.protocol.TensorProto;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** gRPC on Netty. */
public final class NettyFront implements GrpcFront {

  /** For the service loader. */
  public NettyFront() {}

  @Override
  public Running start(Setup setup) throws IOException {
    // Messages are parsed on Netty's threads, and scored on those of the queue.
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(setup.host(), setup.port()))
            .directExecutor()
            .maxInboundMessageSize((int) setup.limits().mostBodyBytes())
            .maxConcurrentCallsPerConnection(setup.limits().mostQueued())
            .maxConnectionIdle(setup.limits().idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .intercept(new KeyCheck(setup.keys()))
            .addService(predictions(setup))
            .addService(models(setup));
    if (setup.tls().isPresent()) {
      try {
        builder.useTransportSecurity(
            setup.tls().get().certificate().toFile(), setup.tls().get().key().toFile());
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "certificate %s and key %s cannot be used: %s"
                .formatted(
                    setup.tls().get().certificate(), setup.tls().get().key(), e.getMessage()),
            e);
      }
    }
    Server server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      throw ListeningFault.at(setup.host(), setup.port(), e);
    }
    return new Listening(server);
  }

  private static ServerServiceDefinition predictions(Setup setup) {
    MessageApi api = setup.api();
    QueuedCalls calls = new QueuedCalls(setup);
    return ServerServiceDefinition.builder(Methods.PREDICTION_SERVICE)
        .addMethod(
            Methods.PREDICT,
            ServerCalls.asyncUnaryCall(
                calls.queued(
                    "predict", PredictRequest::getModelSpec, NettyFront::scores, api::predict)))
        .addMethod(
            Methods.REGRESS,
            ServerCalls.asyncUnaryCall(
                calls.queued(
                    "regress",
                    RegressionRequest::getModelSpec,
                    answer -> answer.getResult().getRegressionsCount(),
                    api::regress)))
        .addMethod(
            Methods.CLASSIFY,
            ServerCalls.asyncUnaryCall(
                calls.queued(
                    "classify", ClassificationRequest::getModelSpec, answer -> 0, api::classify)))
        .addMethod(
            Methods.GET_MODEL_METADATA,
            ServerCalls.asyncUnaryCall(
                calls.queued(
                    "metadata", GetModelMetadataRequest::getModelSpec, answer -> 0, api::metadata)))
        .build();
  }

  private static ServerServiceDefinition models(Setup setup) {
    return ServerServiceDefinition.builder(Methods.MODEL_SERVICE)
        .addMethod(
            Methods.GET_MODEL_STATUS,
            ServerCalls.asyncUnaryCall(
                new QueuedCalls(setup)
                    .queued(
                        "status",
                        GetModelStatusRequest::getModelSpec,
                        answer -> 0,
                        setup.api()::status)))
        .build();
  }

  private static long scores(PredictResponse answer) {
    return answer.getOutputsMap().values().stream()
        .mapToLong(TensorProto::getFloatValCount)
        .max()
        .orElse(0);
  }

  private record Listening(Server server) implements Running {

    @Override
    public int port() {
      return server.getPort();
    }

    @Override
    public void stop(Duration timeout) {
      server.shutdown();
      try {
        if (!server.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          server.shutdownNow();
        }
      } catch (InterruptedException e) {
        server.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
