/**
 * The strategies that train on the executors of a Spark cluster: their sessions, and what these
 * have in common.
 *
 * <p>Start at {@link io.rankline.spark.training.ClusterStrategies}. A session reads its {@code
 * option}s, divides lists ({@code data}), and runs {@code stage}s whose {@code worker}s receive
 * their {@code job} and sum gradients over a ring ({@code collective}).
 */
@NullMarked
package io.rankline.spark.training;

import org.jspecify.annotations.NullMarked;
