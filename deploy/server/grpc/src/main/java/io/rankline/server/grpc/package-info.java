/**
 * TensorFlow Serving's services over gRPC: PredictionService and ModelService.
 *
 * <p>Start at {@link io.rankline.server.grpc.NettyFront}; {@code rankline serve --grpc-port} finds
 * it.
 */
@NullMarked
package io.rankline.server.grpc;

import org.jspecify.annotations.NullMarked;
