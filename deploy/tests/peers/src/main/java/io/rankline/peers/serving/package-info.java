/**
 * What the scores of one list cost, here and in ONNX Runtime, as a table: {@link
 * io.rankline.peers.serving.ServingTable}.
 */
@NullMarked
package io.rankline.peers.serving;

import org.jspecify.annotations.NullMarked;
