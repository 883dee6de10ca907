/**
 * Bags of tokens pooled from a table of embeddings. Start at {@link
 * io.rankline.model.kernel.bag.BagArithmetic}.
 */
@NullMarked
package io.rankline.model.kernel.bag;

import org.jspecify.annotations.NullMarked;
