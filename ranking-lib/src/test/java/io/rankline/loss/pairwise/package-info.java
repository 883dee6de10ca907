/** Tests of relaxed orders. */
@NullMarked
package io.rankline.loss.pairwise;

import org.jspecify.annotations.NullMarked;
