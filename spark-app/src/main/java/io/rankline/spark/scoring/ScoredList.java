package io.rankline.spark.scoring;

/**
 * A list with its scores.
 *
 * @param query its query
 * @param items its items, with what names them
 * @param scores by task and item
 * @param ranks by task and item, from 1
 * @param order places of the items by the rank of the first task, those beyond the first k left out
 */
record ScoredList(String query, ScoredItems items, float[][] scores, int[][] ranks, int[] order) {}
