/**
 * Many runs of one configuration file: which values its keys take.
 *
 * <p>Start at {@link io.rankline.config.sweep.SweepPlan}: {@link
 * io.rankline.config.sweep.SweepParameter}s make {@link io.rankline.config.sweep.Trial}s, each a
 * set of overrides that {@link io.rankline.config.RunConfig} takes.
 */
@NullMarked
package io.rankline.config.sweep;

import org.jspecify.annotations.NullMarked;
