/**
 * Spark's side of a training on executors: slots for all workers, stages that run together, jobs
 * that are watched, and what is done when executors are lost. Knows no model.
 *
 * <p>Start at {@link io.rankline.spark.training.stage.BarrierStage}.
 */
@NullMarked
package io.rankline.spark.training.stage;

import org.jspecify.annotations.NullMarked;
