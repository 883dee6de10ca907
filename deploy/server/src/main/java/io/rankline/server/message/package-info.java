/**
 * TensorFlow Serving's requests as protobuf messages, answered without gRPC.
 *
 * <p>Start at {@link io.rankline.server.message.MessageApi}.
 */
@NullMarked
package io.rankline.server.message;

import org.jspecify.annotations.NullMarked;
