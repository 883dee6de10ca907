package io.rankline.spark.table;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.data.WeightLayout;
import io.rankline.feature.RecordSpec;
import io.rankline.io.record.ElwcEncoder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Orders that follow from what lists and items hold, whatever order they came in. That of items is
 * the order of a hash, which has nothing to do with labels; items of equal hash are compared byte
 * by byte, so that only items that hold the same may change places.
 */
final class ContentOrder {

  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private final ElwcEncoder encoder;

  ContentOrder(RecordSpec spec) {
    this.encoder = new ElwcEncoder(spec);
  }

  /** The list with its items in order. */
  RankingList ofItems(RankingList list) {
    return list.select(order(list));
  }

  /** Positions of the items in order. */
  int[] order(RankingList list) {
    long[] hashes = new long[list.size()];
    for (int item = 0; item < hashes.length; item++) {
      hashes[item] = hash(list, item);
    }
    Comparator<Integer> order =
        Comparator.<Integer>comparingLong(item -> hashes[item])
            .thenComparing(item -> encoder.encodeItem(list, item), Arrays::compareUnsigned);
    return IntStream.range(0, hashes.length)
        .boxed()
        .sorted(order)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The lists in order. */
  List<RankingList> ofLists(List<RankingList> lists) {
    return lists.size() < 2
        ? lists
        : lists.stream()
            .sorted(Comparator.comparing(encoder::encode, Arrays::compareUnsigned))
            .toList();
  }

  private static long hash(RankingList list, int item) {
    long hash = 1;
    int width = list.layout().exampleWidth();
    for (int i = item * width; i < (item + 1) * width; i++) {
      hash = mix(hash, Float.floatToIntBits(list.examples()[i]));
    }
    for (ValueColumn column : list.exampleColumns()) {
      hash = mix(hash, column.count(item));
      for (int v = column.start(item); v < column.end(item); v++) {
        hash = mix(hash, value(column, v));
      }
    }
    for (int task = 0; task < list.layout().labels().size(); task++) {
      hash = mix(hash, Float.floatToIntBits(list.label(task, item)));
    }
    if (list.layout().weights() == WeightLayout.PER_ITEM) {
      hash = mix(hash, Float.floatToIntBits(list.weights()[item]));
    }
    return hash;
  }

  private static long value(ValueColumn column, int v) {
    if (column instanceof FloatColumn floats) {
      return Float.floatToIntBits(floats.values()[v]);
    }
    return column instanceof LongColumn longs
        ? longs.values()[v]
        : Arrays.hashCode(((BytesColumn) column).value(v));
  }

  /** Every bit of {@code value} moves about half of the bits of the result. */
  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    mixed = (mixed ^ (mixed >>> 32)) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }
}
