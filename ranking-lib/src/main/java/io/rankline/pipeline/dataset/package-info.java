/**
 * Data sets of lists, from files or from memory, and the builders that users name them with.
 *
 * <p>Start at {@link io.rankline.pipeline.dataset.SimpleDatasetBuilder}.
 */
@NullMarked
package io.rankline.pipeline.dataset;

import org.jspecify.annotations.NullMarked;
