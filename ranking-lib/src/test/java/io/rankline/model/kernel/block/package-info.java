/**
 * Tests of {@code model.kernel.block}: every way of computing against the other, or against plain
 * loops.
 */
@NullMarked
package io.rankline.model.kernel.block;

import org.jspecify.annotations.NullMarked;
