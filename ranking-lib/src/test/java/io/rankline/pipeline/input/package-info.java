/** Tests of the way from files to batches. */
@NullMarked
package io.rankline.pipeline.input;

import org.jspecify.annotations.NullMarked;
