package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists on their way to a band. Several travel together, since a list alone would take the
 * description of its columns along.
 */
final class ListBlock implements Serializable {

  private static final long serialVersionUID = 1;

  private final ArrayList<PlacedList> lists = new ArrayList<>();

  void add(long place, RankingList list) {
    lists.add(new PlacedList(place, list));
  }

  List<PlacedList> lists() {
    return lists;
  }
}
