/** Tests of {@link io.rankline.pipeline.explanation}. */
@NullMarked
package io.rankline.pipeline.explanation;

import org.jspecify.annotations.NullMarked;
