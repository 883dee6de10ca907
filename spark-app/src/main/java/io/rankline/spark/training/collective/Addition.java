package io.rankline.spark.training.collective;

import java.nio.FloatBuffer;

/** Adds floats that lie outside of the heap. */
final class Addition {

  /** Floats that are on the heap at a time, 8 kB, in the first cache: Java 17 vectorises arrays. */
  private static final int TILE = 2048;

  private final float[] sums = new float[TILE];
  private final float[] terms = new float[TILE];

  /** Adds floats of one buffer, from a place on, to those of another; no positions are used. */
  void add(FloatBuffer values, int from, FloatBuffer added, int place, int count) {
    for (int done = 0; done < count; done += TILE) {
      int floats = Math.min(TILE, count - done);
      values.get(from + done, sums, 0, floats);
      added.get(place + done, terms, 0, floats);
      for (int i = 0; i < floats; i++) {
        sums[i] += terms[i];
      }
      values.put(from + done, sums, 0, floats);
    }
  }
}
