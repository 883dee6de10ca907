package io.rankline.frozen;

import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Transformed lists one after the other, without padding.
 *
 * @param starts where the items of each list start, and the end of the last
 * @param context [lists, C]
 * @param examples [items, F]
 * @param ids of the token features, those of the context first
 */
record FrozenBatch(int[] starts, float[] context, float[] examples, List<LongColumn> ids) {

  /** Lists of one layout; at least one. */
  static FrozenBatch of(List<RankingList> lists) {
    int[] starts = new int[lists.size() + 1];
    for (int q = 0; q < lists.size(); q++) {
      starts[q + 1] = starts[q] + lists.get(q).size();
    }
    return new FrozenBatch(
        starts,
        concat(lists.stream().map(RankingList::context).toArray(float[][]::new)),
        concat(lists.stream().map(RankingList::examples).toArray(float[][]::new)),
        ids(lists));
  }

  private static List<LongColumn> ids(List<RankingList> lists) {
    List<LongColumn> ids = new ArrayList<>();
    for (int k = 0; k < lists.get(0).contextColumns().size(); k++) {
      int column = k;
      ids.add(column(lists.stream().map(list -> list.contextColumns().get(column)).toList()));
    }
    for (int k = 0; k < lists.get(0).exampleColumns().size(); k++) {
      int column = k;
      ids.add(column(lists.stream().map(list -> list.exampleColumns().get(column)).toList()));
    }
    return ids;
  }

  private static LongColumn column(List<ValueColumn> parts) {
    return (LongColumn)
        (parts.size() == 1 ? parts.get(0) : ValueColumn.concat(parts.toArray(new ValueColumn[0])));
  }

  private static float[] concat(float[][] parts) {
    if (parts.length == 1) {
      return parts[0];
    }
    int length = Arrays.stream(parts).mapToInt(part -> part.length).reduce(0, Math::addExact);
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
