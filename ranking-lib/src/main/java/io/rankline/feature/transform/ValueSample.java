package io.rankline.feature.transform;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Numbers of which each has the same chance to be kept, as many as there is room for. The same
 * numbers in the same order leave the same sample.
 */
final class ValueSample implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int FIRST_ROOM = 64;

  private final int size;
  private float[] kept;
  private long seen;

  /**
   * Of no number.
   *
   * @param size how many are kept at most, 1 or more
   */
  ValueSample(int size) {
    this.size = size;
    this.kept = new float[Math.min(size, FIRST_ROOM)];
  }

  void add(float value) {
    if (seen < size) {
      if (seen == kept.length) {
        kept = Arrays.copyOf(kept, Math.min(size, 2 * kept.length));
      }
      kept[(int) seen] = value;
    } else {
      long place = new SplittableRandom(seen).nextLong(seen + 1);
      if (place < size) {
        kept[(int) place] = value;
      }
    }
    seen++;
  }

  /** Adds what another one has seen; it is left alone. */
  void addAll(ValueSample other) {
    float[] theirs = other.values();
    if (seen + other.seen <= size) {
      for (float value : theirs) {
        add(value);
      }
      return;
    }
    // Drawn as if all that were seen lay in one heap.
    SplittableRandom random = new SplittableRandom(31 * seen + other.seen);
    float[] own = values();
    float[] both = new float[size];
    int ownLeft = own.length;
    int theirsLeft = theirs.length;
    double ownShare = (double) seen / (seen + other.seen);
    for (int i = 0; i < size; i++) {
      boolean isOwn = theirsLeft == 0 || (ownLeft > 0 && random.nextDouble() < ownShare);
      float[] from = isOwn ? own : theirs;
      int left = isOwn ? ownLeft-- : theirsLeft--;
      int place = random.nextInt(left);
      both[i] = from[place];
      from[place] = from[left - 1];
    }
    kept = both;
    seen += other.seen;
  }

  /** Those that are kept, the smallest first. */
  float[] sorted() {
    float[] sorted = values();
    Arrays.sort(sorted);
    return sorted;
  }

  private float[] values() {
    return Arrays.copyOf(kept, (int) Math.min(seen, size));
  }
}
