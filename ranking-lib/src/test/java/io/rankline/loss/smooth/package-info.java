/** Tests of relaxed orders. */
@NullMarked
package io.rankline.loss.smooth;

import org.jspecify.annotations.NullMarked;
