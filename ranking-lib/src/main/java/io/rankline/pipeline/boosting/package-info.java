/**
 * Boosted trees as a training needs them: what a library grows them on, and how it is found.
 *
 * <p>Start at {@link io.rankline.pipeline.boosting.TreeGrower}, which another module implements.
 */
@NullMarked
package io.rankline.pipeline.boosting;

import org.jspecify.annotations.NullMarked;
