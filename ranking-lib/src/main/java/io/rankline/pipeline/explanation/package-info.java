/**
 * What a trained model makes of its data, for people to look at: which features its order depends
 * on, how it fares beside orders without a model, which lists it fails at.
 *
 * <p>Start at {@link io.rankline.pipeline.explanation.PermutationImportance}, which takes any
 * model; {@link io.rankline.pipeline.explanation.ModelStudy} is all of it, as a training's report
 * shows it. Contains figures only: pages are made of them in {@code pipeline.report}.
 */
@NullMarked
package io.rankline.pipeline.explanation;

import org.jspecify.annotations.NullMarked;
