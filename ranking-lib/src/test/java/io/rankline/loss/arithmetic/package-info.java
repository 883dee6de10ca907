/** Tests of the arithmetic of losses. */
@NullMarked
package io.rankline.loss.arithmetic;

import org.jspecify.annotations.NullMarked;
