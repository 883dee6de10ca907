package io.rankline.data.synthetic;

import java.io.Serializable;

/**
 * One made-up query with its items. N is the number of items, F is {@link SyntheticLog#FEATURES}.
 *
 * @param qid number of the query, that of the list plus 1
 * @param size N
 * @param features value of feature {@code f + 1} of item {@code i} at {@code i * F + f}; shape [N,
 *     F]
 * @param labels relevance 0 to 4, shape [N]
 * @param trueUtility what the labels are drawn from before noise: no ranker can order the items
 *     better on average; shape [N]
 */
public record SyntheticList(
    long qid, int size, float[] features, long[] labels, float[] trueUtility)
    implements Serializable {}
