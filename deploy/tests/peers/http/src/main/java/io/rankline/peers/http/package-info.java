/**
 * The same server on the same tower, scored by Rankline and by ONNX Runtime.
 *
 * <p>Start at {@link io.rankline.peers.http.HttpTable}.
 */
@NullMarked
package io.rankline.peers.http;

import org.jspecify.annotations.NullMarked;
