package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one worker trains on, step by step. Goes through its partition band by band, pass after
 * pass, and holds one band at a time.
 */
public final class WorkerLists {

  /**
   * The share of a step.
   *
   * @param lists in the order of the batch; may be none
   * @param numbers their numbers in the batch, from 0
   */
  public record Share(List<RankingList> lists, long[] numbers) {}

  private final TrainingOrder order;
  private final int worker;
  private final boolean shuffleItems;
  private final Supplier<Iterator<Band>> partition;
  private Iterator<Band> bands;
  private @Nullable Band band;

  /**
   * A worker's lists.
   *
   * @param shuffleItems whether the items of a list come in another order in each pass
   * @param first the worker's partition, from its first band on
   * @param partition the same again, for every further pass
   */
  public WorkerLists(
      TrainingOrder order,
      int worker,
      boolean shuffleItems,
      Iterator<Band> first,
      Supplier<Iterator<Band>> partition) {
    this.order = order;
    this.worker = worker;
    this.shuffleItems = shuffleItems;
    this.partition = partition;
    this.bands = first;
  }

  /**
   * The worker's share of a step's batch.
   *
   * @param step from 0
   */
  public Share share(long step) {
    long begin = Math.multiplyExact(step, order.batchSize());
    ArrayList<RankingList> lists = new ArrayList<>();
    ArrayList<Long> numbers = new ArrayList<>();
    long number = 0;
    while (number < order.batchSize()) {
      long pass = (begin + number) / order.lists();
      long turn = (begin + number) % order.lists();
      long ofPass = Math.min(order.batchSize() - number, order.lists() - turn);
      long first = Math.floorMod(worker - turn, (long) order.workers());
      for (long k = first; k < ofPass; k += order.workers()) {
        lists.add(list(pass, turn + k));
        numbers.add(number + k);
      }
      number += ofPass;
    }
    return new Share(lists, numbers.stream().mapToLong(Long::longValue).toArray());
  }

  private RankingList list(long pass, long turn) {
    long place = order.place(pass, turn);
    RankingList list = band(order.band(place)).lists().get(order.rowOfWorker(place));
    return shuffleItems ? list.shuffled(new SplittableRandom(order.itemSeed(pass, place))) : list;
  }

  private Band band(int index) {
    Band held = band;
    if (held != null && held.index() == index) {
      return held;
    }
    if (held != null && held.index() > index) {
      bands = partition.get();
      held = null;
    }
    while (held == null || held.index() < index) {
      if (!bands.hasNext()) {
        throw new IllegalStateException(
            "worker %s of %s has no band %s".formatted(worker, order.workers(), index));
      }
      held = bands.next();
    }
    band = held;
    return held;
  }
}
