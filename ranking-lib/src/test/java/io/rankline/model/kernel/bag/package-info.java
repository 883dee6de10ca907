/**
 * Tests of {@code model.kernel.bag}: every way of computing against the other, or against plain
 * loops.
 */
@NullMarked
package io.rankline.model.kernel.bag;

import org.jspecify.annotations.NullMarked;
