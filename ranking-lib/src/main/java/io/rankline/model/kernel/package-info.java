/**
 * Arithmetic on rows for the processor: matrix products and fused element-wise passes over native
 * memory, on all cores.
 */
@NullMarked
package io.rankline.model.kernel;

import org.jspecify.annotations.NullMarked;
