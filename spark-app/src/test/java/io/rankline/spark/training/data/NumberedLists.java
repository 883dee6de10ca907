package io.rankline.spark.training.data;

import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists that know their number, dealt out as {@link ListDealer} would, in this JVM. */
final class NumberedLists {

  private static final ListLayout LAYOUT =
      new ListLayout(
          List.of(),
          List.of(new DenseColumns("number", 0, 1, List.of(0f))),
          List.of(),
          List.of(),
          List.of("label"),
          WeightLayout.NONE);

  private NumberedLists() {}

  /** A list of 3 items; their feature is the list's number and a tenth of the item's. */
  static RankingList list(long number) {
    return new RankingList(
        LAYOUT,
        3,
        3,
        new float[0],
        new float[] {number, number + 0.1f, number + 0.2f},
        new float[] {0, 1, 2},
        new float[0],
        List.of(),
        List.of());
  }

  static long number(RankingList list) {
    return (long) list.examples()[0];
  }

  /** What a worker trains on; counts in {@code opened} how often its partition was gone through. */
  static WorkerLists worker(TrainingOrder order, int worker, boolean shuffleItems, int[] opened) {
    SortedMap<Integer, TreeMap<Long, RankingList>> bands = new TreeMap<>();
    for (long list = 0; list < order.lists(); list++) {
      long place = order.place(list);
      if (order.worker(place) == worker) {
        bands.computeIfAbsent(order.band(place), band -> new TreeMap<>()).put(place, list(list));
      }
    }
    List<Band> partition = new ArrayList<>();
    bands.forEach((band, lists) -> partition.add(new Band(band, List.copyOf(lists.values()))));
    opened[worker]++;
    return new WorkerLists(
        order, worker, shuffleItems, partition.iterator(), () -> again(partition, worker, opened));
  }

  private static Iterator<Band> again(List<Band> partition, int worker, int[] opened) {
    opened[worker]++;
    return partition.iterator();
  }
}
