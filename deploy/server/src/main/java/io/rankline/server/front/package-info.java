/**
 * Ways into the server that are modules of their own.
 *
 * <p>Start at {@link io.rankline.server.front.GrpcFront}.
 */
@NullMarked
package io.rankline.server.front;

import org.jspecify.annotations.NullMarked;
