package io.rankline.spark.training.collective;

import java.nio.FloatBuffer;

/** The values of a sum, from a buffer's position to its limit, which stay as they are. */
final class FloatPayload implements Payload {

  /** Floats that are on the heap at a time, 8 kB, in the first cache: Java 17 vectorises arrays. */
  private static final int TILE = 2048;

  private final float[] sums = new float[TILE];
  private final float[] terms = new float[TILE];
  private FloatBuffer values = FloatBuffer.allocate(0);
  private int base;

  /** Works on that buffer from here on. */
  FloatPayload of(FloatBuffer buffer) {
    values = buffer;
    base = buffer.position();
    return this;
  }

  /** Forgets the buffer, which is the caller's. */
  void release() {
    values = FloatBuffer.allocate(0);
  }

  @Override
  public int words() {
    return values.remaining();
  }

  @Override
  public void load(int from, Wire wire, int place, int words) {
    wire.floats.put(place, values, base + from, words);
  }

  @Override
  public void add(int from, Wire wire, int place, int words) {
    for (int done = 0; done < words; done += TILE) {
      int count = Math.min(TILE, words - done);
      values.get(base + from + done, sums, 0, count);
      wire.floats.get(place + done, terms, 0, count);
      for (int i = 0; i < count; i++) {
        sums[i] += terms[i];
      }
      values.put(base + from + done, sums, 0, count);
    }
  }

  @Override
  public void set(int from, Wire wire, int place, int words) {
    values.put(base + from, wire.floats, place, words);
  }
}
