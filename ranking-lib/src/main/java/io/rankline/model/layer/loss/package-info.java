/**
 * Ranking losses on ND4J arrays, and the loss layer of a network. The losses themselves are those
 * of {@code io.rankline.loss}.
 */
@NullMarked
package io.rankline.model.layer.loss;

import org.jspecify.annotations.NullMarked;
