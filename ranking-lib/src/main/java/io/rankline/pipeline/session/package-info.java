/**
 * Where the steps of a training are taken: on one model, on replicas of one machine, or elsewhere
 * by a {@link io.rankline.pipeline.session.StrategyProvider}.
 *
 * <p>Start at {@link io.rankline.pipeline.session.TrainingSession}, the contract.
 */
@NullMarked
package io.rankline.pipeline.session;

import org.jspecify.annotations.NullMarked;
