package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import java.io.Serializable;
import java.util.List;

/**
 * The lists of a band that one partition holds.
 *
 * @param index number of the band
 * @param lists in the order of their places; transformed
 */
public record Band(int index, List<RankingList> lists) implements Serializable {}
