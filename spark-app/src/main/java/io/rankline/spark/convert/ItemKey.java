package io.rankline.spark.convert;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where an item or list belongs: its query, then the order in which it was read. Queries that are
 * numbers sort as such.
 *
 * @param query the query
 * @param file path of the file it stood in
 * @param block where the part of the file starts that one task read
 * @param index number within that part
 */
record ItemKey(String query, String file, long block, long index)
    implements Comparable<ItemKey>, Serializable {

  private static final Comparator<ItemKey> ORDER =
      Comparator.<ItemKey>comparingInt(key -> key.query.length())
          .thenComparing(ItemKey::query)
          .thenComparing(ItemKey::file)
          .thenComparingLong(ItemKey::block)
          .thenComparingLong(ItemKey::index);

  @Override
  public int compareTo(ItemKey other) {
    return ORDER.compare(this, other);
  }
}
