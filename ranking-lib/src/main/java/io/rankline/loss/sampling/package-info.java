/**
 * Other losses of randomly perturbed scores. {@link io.rankline.loss.sampling.GumbelSampler} draws
 * the samples.
 */
@NullMarked
package io.rankline.loss.sampling;

import org.jspecify.annotations.NullMarked;
