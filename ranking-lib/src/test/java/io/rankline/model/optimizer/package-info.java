/** Tests of optimizers against Keras's published formulas in plain doubles. */
@NullMarked
package io.rankline.model.optimizer;

import org.jspecify.annotations.NullMarked;
