package io.rankline.spark.training.data;

import java.io.Serializable;
import java.util.Comparator;

/** Sends lists to a partition, sorted by band. */
record BandKey(int partition, int band) implements Comparable<BandKey>, Serializable {

  private static final Comparator<BandKey> ORDER =
      Comparator.comparingInt(BandKey::partition).thenComparingInt(BandKey::band);

  @Override
  public int compareTo(BandKey other) {
    return ORDER.compare(this, other);
  }
}
