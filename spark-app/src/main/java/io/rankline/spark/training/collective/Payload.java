package io.rankline.spark.training.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * What an operation moves: words of four bytes in memory that every rank holds. Channels write from
 * this memory and read into it, so nothing is copied on the way but what is to be added.
 */
final class Payload {

  private final int words;
  private final ByteBuffer outgoing;
  private final ByteBuffer incoming;
  private final FloatBuffer floats;

  /** The bytes from position to limit, whole words in the byte order of the machine. */
  Payload(ByteBuffer memory) {
    incoming = memory.slice().order(ByteOrder.nativeOrder());
    outgoing = incoming.duplicate();
    floats = incoming.asFloatBuffer();
    words = floats.capacity();
  }

  /** How many words there are. */
  int words() {
    return words;
  }

  FloatBuffer floats() {
    return floats;
  }

  /** Words as bytes to be written; until the next call, and only one at a time. */
  ByteBuffer outgoing(int from, int count) {
    return outgoing.limit((from + count) * Integer.BYTES).position(from * Integer.BYTES);
  }

  /** Bytes to be read into; until the next call, and only one at a time. */
  ByteBuffer incoming(int from, int bytes) {
    return incoming.limit(from + bytes).position(from);
  }

  /** Replaces bytes with what was read. */
  void set(int from, ByteBuffer read, int place, int bytes) {
    incoming.clear().put(from, read, place, bytes);
  }
}
