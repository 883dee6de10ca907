/**
 * Generalised additive models as additive trees, which search engines score.
 *
 * <p>Start at {@link io.rankline.export.trees.TreesFormat}.
 */
@NullMarked
package io.rankline.export.trees;

import org.jspecify.annotations.NullMarked;
