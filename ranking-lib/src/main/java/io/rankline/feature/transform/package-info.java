/**
 * What becomes of numbers before a model reads them, and the statistics that transforms are fitted
 * to.
 *
 * <p>Start at {@link io.rankline.feature.transform.Transform}, the list of transforms.
 */
@NullMarked
package io.rankline.feature.transform;

import org.jspecify.annotations.NullMarked;
