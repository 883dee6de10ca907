package io.rankline.spark.inspect;

import io.rankline.feature.DType;
import io.rankline.io.example.FeatureValues;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What one feature holds, over any number of items: counts, sum and bounds exactly, quantiles and
 * numbers of distinct strings from sketches of a few kB. Profiles of parts merge to that of the
 * whole.
 */
public final class FeatureProfile implements Serializable {

  private static final long serialVersionUID = 1;

  /** More distinct numbers than labels have are not listed one by one. */
  private static final int MAX_LISTED = 32;

  private static final int HLL_LOG2_BUCKETS = 12;

  private final Map<DType, Long> present = new EnumMap<>(DType.class);
  private int minCount = Integer.MAX_VALUE;
  private int maxCount;
  private long values;
  private long notANumber;
  private long below0;
  private long zeros;
  private long numbers;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private transient KllDoublesSketch quantiles = KllDoublesSketch.newHeapInstance();
  private transient @Nullable HllSketch strings;

  /** Distinct numbers and how often each is there; its size is above the limit when given up. */
  private double[] listed = new double[4];

  private long[] listedCounts = new long[4];
  private int listedSize;

  /** Adds the values that one item holds. */
  void add(FeatureValues item) {
    DType dtype = item.dtype();
    if (dtype == null) {
      return;
    }
    int count = item.count();
    present.merge(dtype, 1L, Long::sum);
    minCount = Math.min(minCount, count);
    maxCount = Math.max(maxCount, count);
    values += count;
    switch (dtype) {
      case FLOAT32 -> {
        float[] floats = item.floats();
        for (int v = 0; v < count; v++) {
          addNumber(floats[v]);
        }
      }
      case INT64 -> {
        long[] longs = item.longs();
        for (int v = 0; v < count; v++) {
          addNumber((double) longs[v]);
        }
      }
      case STRING -> {
        if (strings == null) {
          strings = new HllSketch(HLL_LOG2_BUCKETS);
        }
        for (byte[] value : item.strings()) {
          strings.update(value);
        }
      }
    }
  }

  private void addNumber(double value) {
    if (Double.isNaN(value)) {
      notANumber++;
      return;
    }
    numbers++;
    below0 += value < 0 ? 1 : 0;
    zeros += value == 0 ? 1 : 0;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    quantiles.update(value);
    if (listedSize <= MAX_LISTED) {
      list(value, 1);
    }
  }

  private void list(double value, long count) {
    for (int i = 0; i < listedSize; i++) {
      if (listed[i] == value) {
        listedCounts[i] += count;
        return;
      }
    }
    if (listedSize < MAX_LISTED) {
      if (listedSize == listed.length) {
        listed = Arrays.copyOf(listed, 2 * listedSize);
        listedCounts = Arrays.copyOf(listedCounts, 2 * listedSize);
      }
      listed[listedSize] = value;
      listedCounts[listedSize] = count;
    }
    listedSize++;
  }

  /** Adds what another profile of the same feature saw. */
  void merge(FeatureProfile other) {
    other.present.forEach((dtype, count) -> present.merge(dtype, count, Long::sum));
    minCount = Math.min(minCount, other.minCount);
    maxCount = Math.max(maxCount, other.maxCount);
    values += other.values;
    notANumber += other.notANumber;
    below0 += other.below0;
    zeros += other.zeros;
    numbers += other.numbers;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    if (other.numbers > 0) {
      quantiles.merge(other.quantiles);
    }
    if (other.listedSize > MAX_LISTED) {
      listedSize = MAX_LISTED + 1;
    }
    for (int i = 0; i < other.listedSize && listedSize <= MAX_LISTED; i++) {
      list(other.listed[i], other.listedCounts[i]);
    }
    HllSketch otherStrings = other.strings;
    if (otherStrings != null) {
      Union union = new Union(HLL_LOG2_BUCKETS);
      union.update(otherStrings);
      if (strings != null) {
        union.update(strings);
      }
      strings = union.getResult();
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(quantiles.toByteArray());
    out.writeObject(strings == null ? null : strings.toCompactByteArray());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    quantiles = KllDoublesSketch.heapify(Memory.wrap((byte[]) in.readObject()));
    byte[] ofStrings = (byte[]) in.readObject();
    strings = ofStrings == null ? null : HllSketch.heapify(ofStrings);
  }

  /** In how many items it holds values of each type. */
  Map<DType, Long> presentByType() {
    return Collections.unmodifiableMap(present);
  }

  /** In how many items it is. */
  long present() {
    return present.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The type of its values, or null where items differ. */
  @Nullable DType dtype() {
    return present.size() == 1 ? present.keySet().iterator().next() : null;
  }

  /** Whether every item that has it has the same number of values, one or more. */
  boolean isFixedLength() {
    return minCount == maxCount && minCount > 0;
  }

  /** Smallest number of values of an item that has it. */
  int minCount() {
    return present.isEmpty() ? 0 : minCount;
  }

  /** Largest number of values of an item. */
  int maxCount() {
    return maxCount;
  }

  /** Number of values over all items. */
  long values() {
    return values;
  }

  /** Number of values that are NaN; all other figures leave them out. */
  long notANumber() {
    return notANumber;
  }

  /** Number of values below 0. */
  long below0() {
    return below0;
  }

  /** Number of values that are 0. */
  long zeros() {
    return zeros;
  }

  /** Whether it has numbers, NaN apart. */
  boolean hasNumbers() {
    return numbers > 0;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double mean() {
    return sum / numbers;
  }

  /**
   * About the value below which that share of the numbers lies; the rank is off by 1.3 % or less.
   */
  double quantile(double share) {
    return quantiles.getQuantile(share);
  }

  /** About how many different strings there are. */
  long distinctStrings() {
    return strings == null ? 0 : Math.round(strings.getEstimate());
  }

  /** Every number and how often it is there; empty where there are more than a few. */
  SortedMap<Double, Long> histogram() {
    SortedMap<Double, Long> histogram = new TreeMap<>();
    for (int i = 0; i < listedSize && listedSize <= MAX_LISTED; i++) {
      histogram.put(listed[i], listedCounts[i]);
    }
    return histogram;
  }
}
