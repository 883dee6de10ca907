package io.rankline.spark.training.collective.benchmark;

import java.nio.FloatBuffer;

/** The addition of the application's ring, for the other ways of moving what is added. */
final class TiledSum {

  private static final int TILE = 2048;

  private final float[] sums = new float[TILE];
  private final float[] terms = new float[TILE];

  /** Adds the first floats of a buffer to those of another from a place on. */
  void add(FloatBuffer values, int from, FloatBuffer added, int count) {
    for (int done = 0; done < count; done += TILE) {
      int floats = Math.min(TILE, count - done);
      values.get(from + done, sums, 0, floats);
      added.get(done, terms, 0, floats);
      for (int i = 0; i < floats; i++) {
        sums[i] += terms[i];
      }
      values.put(from + done, sums, 0, floats);
    }
  }
}
