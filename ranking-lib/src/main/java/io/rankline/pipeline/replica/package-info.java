/**
 * Copies of a model that train together: each takes its share of a batch, gradients are averaged
 * before the updater sees them, and all copies stay equal to the bit. Knows nothing of where the
 * copies are: threads of a JVM, or processes of a cluster.
 */
@NullMarked
package io.rankline.pipeline.replica;

import org.jspecify.annotations.NullMarked;
