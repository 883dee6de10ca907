package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import java.io.Serializable;

/** A list and where it stands in the order of its deal. */
record PlacedList(long place, RankingList list) implements Comparable<PlacedList>, Serializable {

  @Override
  public int compareTo(PlacedList other) {
    return Long.compare(place, other.place);
  }
}
