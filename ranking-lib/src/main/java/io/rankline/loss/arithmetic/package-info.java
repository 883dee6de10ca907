/** Exponentials, logarithms and random draws for inner loops. */
@NullMarked
package io.rankline.loss.arithmetic;

import org.jspecify.annotations.NullMarked;
