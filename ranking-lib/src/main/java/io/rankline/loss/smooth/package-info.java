/**
 * Metrics that are smooth in the scores: by smooth ranks (Approx*), or by a relaxed order of the
 * items (Neural*). Each is the negative of its metric.
 */
@NullMarked
package io.rankline.loss.smooth;

import org.jspecify.annotations.NullMarked;
