/**
 * Ranking metrics, the accumulators that merge them across partitions, and what they are worth:
 * confidence intervals and paired tests. Plain Java on arrays, accumulated in double.
 *
 * <p>Start at {@link io.rankline.metric.MetricKey}, the list of everything this package offers, and
 * {@link io.rankline.metric.evaluation.Evaluator}, which runs metrics over lists. {@link
 * io.rankline.metric.RankingMetric#parse} turns {@code ndcg@5} into a metric.
 *
 * <p>All metrics share these conventions:
 *
 * <ul>
 *   <li>An item is <em>valid</em> if its label is 0 or more (or, where a list brings a mask, if the
 *       mask says so) and its weight is above 0. Only valid items take a rank. {@code alpha_dcg}
 *       and {@code precision_ia} rank items of weight 0 too, as in TF-Ranking.
 *   <li>Items are ranked by score, highest first; ranks start at 1. Equal scores keep the order in
 *       which the items were given, unless {@link io.rankline.data.TieOrder#random} is asked for;
 *       {@link io.rankline.metric.TiesAveraged} takes the mean over all their orders.
 *   <li>{@code y} is a label, {@code w} a weight, {@code y_(k)} the label at rank {@code k}, {@code
 *       topn} the cut-off (the whole list where none is given). An item is <em>relevant</em> if
 *       {@code y >= 1}; {@link io.rankline.metric.Relevance} is another rule.
 *   <li>A metric gives each list a value {@code m} and a weight {@code W}; over many lists the
 *       metric is {@code sum(m * W) / sum(W)}. Unless a metric says otherwise, {@code W} is the
 *       mean of {@code w} over the list's items, weighted by relevance; 1 without weights.
 *   <li>A list without relevant items has no such mean. {@link
 *       io.rankline.metric.evaluation.EmptyLists} says how it counts. A list whose weights sum to 0
 *       never counts.
 *   <li>Scores may be infinite but not NaN; labels are finite.
 * </ul>
 */
@NullMarked
package io.rankline.metric;

import org.jspecify.annotations.NullMarked;
