package io.rankline.spark.training.collective;

/**
 * How many ranks have come to an operation: this one and those right before it in the ring, as the
 * frames of the previous rank say. It separates waiting for the slowest rank from moving data.
 */
final class Arrivals {

  private int size = 1;
  private int arrived = 1;
  private int told;
  private long startNanos;
  private long allNanos;

  /** This rank has come to an operation of that many ranks. */
  void start(int ranks) {
    size = ranks;
    arrived = 1;
    told = 0;
    startNanos = System.nanoTime();
    allNanos = 0;
  }

  /** At least that many ranks have come. */
  void note(int ranks) {
    arrived = Math.max(arrived, Math.min(ranks, size));
    if (arrived == size && allNanos == 0) {
      allNanos = System.nanoTime();
    }
  }

  /** Whether there is news for the next rank. */
  boolean hasNews() {
    return toTell() > told;
  }

  /** What the next frame to the next rank says; from then on that rank knows it. */
  int tell() {
    told = toTell();
    return told;
  }

  private int toTell() {
    return Math.min(arrived, size - 1);
  }

  /** When this rank came, on the clock of System.nanoTime. */
  long startNanos() {
    return startNanos;
  }

  /** Nanoseconds until the last rank had come. */
  long waitNanos() {
    return allNanos - startNanos;
  }
}
