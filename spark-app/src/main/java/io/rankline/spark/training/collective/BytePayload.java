package io.rankline.spark.training.collective;

import java.nio.ByteBuffer;

/** What all ranks give, one after the other; it is moved and never added. */
final class BytePayload implements Payload {

  private final ByteBuffer all;

  /** Whole words, from 0 to the capacity. */
  BytePayload(ByteBuffer all) {
    this.all = all;
  }

  @Override
  public int words() {
    return all.capacity() / Integer.BYTES;
  }

  @Override
  public void load(int from, Wire wire, int place, int words) {
    wire.bytes.put(place * Integer.BYTES, all, from * Integer.BYTES, words * Integer.BYTES);
  }

  @Override
  public void add(int from, Wire wire, int place, int words) {
    throw new IllegalStateException("what is gathered is not added");
  }

  @Override
  public void set(int from, Wire wire, int place, int words) {
    all.put(from * Integer.BYTES, wire.bytes, place * Integer.BYTES, words * Integer.BYTES);
  }
}
