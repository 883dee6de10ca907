/** How fast losses are. Compiled with the tests, run by hand. */
@NullMarked
package io.rankline.loss.benchmark;

import org.jspecify.annotations.NullMarked;
