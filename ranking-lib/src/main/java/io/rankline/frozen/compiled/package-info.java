/** The arithmetic of towers compiled from C, for processors with AVX2 or AVX-512. */
@NullMarked
package io.rankline.frozen.compiled;

import org.jspecify.annotations.NullMarked;
