/** How fast the codecs are; docs/benchmarks.md has the figures and the command. */
@NullMarked
package io.rankline.io.benchmark;

import org.jspecify.annotations.NullMarked;
