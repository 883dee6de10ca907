/**
 * Boosted trees by XGBoost, for trainings of {@link io.rankline.model.scorer.LambdaMartScorer}.
 *
 * <p>{@link io.rankline.trees.XgboostGrower} is found by {@link java.util.ServiceLoader}; nobody
 * else uses this room.
 */
@NullMarked
package io.rankline.trees;

import org.jspecify.annotations.NullMarked;
