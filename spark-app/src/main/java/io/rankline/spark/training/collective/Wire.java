package io.rankline.spark.training.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Direct memory that a channel reads or writes, seen as bytes and as words; no positions are used.
 */
final class Wire {

  final ByteBuffer bytes;
  final FloatBuffer floats;

  Wire(int capacity) {
    bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
  }
}
