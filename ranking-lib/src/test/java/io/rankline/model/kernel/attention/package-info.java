/**
 * Tests of {@code model.kernel.attention}: every way of computing against the other, or against
 * plain loops.
 */
@NullMarked
package io.rankline.model.kernel.attention;

import org.jspecify.annotations.NullMarked;
