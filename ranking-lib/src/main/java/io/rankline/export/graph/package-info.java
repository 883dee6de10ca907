/**
 * A network as operations on tensors, said once for all engines that have graphs of operations.
 *
 * <p>{@link io.rankline.export.graph.InputGraph} turns features into the network's inputs, {@link
 * io.rankline.export.graph.NetworkGraph} those into scores; {@link
 * io.rankline.export.graph.Operators} is what an engine makes of it.
 */
@NullMarked
package io.rankline.export.graph;

import org.jspecify.annotations.NullMarked;
