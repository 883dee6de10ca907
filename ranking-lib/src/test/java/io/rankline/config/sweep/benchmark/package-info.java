/** What a search for parameters finds. */
@NullMarked
package io.rankline.config.sweep.benchmark;

import org.jspecify.annotations.NullMarked;
