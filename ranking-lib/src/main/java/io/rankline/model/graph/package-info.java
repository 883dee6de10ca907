/**
 * The graph that a scorer builds on: rows of valid items, their widths and axes, blocks of layers.
 *
 * <p>Start at {@link io.rankline.model.graph.ModelGraph}.
 */
@NullMarked
package io.rankline.model.graph;

import org.jspecify.annotations.NullMarked;
