/** Tests of losses: published values, contracts that all losses keep, bad input. */
@NullMarked
package io.rankline.loss;

import org.jspecify.annotations.NullMarked;
