package io.rankline.pipeline.replica;

import java.nio.ByteBuffer;

/** A group of one. */
public final class SoleReplica implements ReplicaGroup {

  /** The group. */
  public SoleReplica() {}

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void sum(ByteBuffer values) {}

  @Override
  public long max(long value) {
    return value;
  }

  @Override
  public ByteBuffer gather(ByteBuffer own) {
    return own;
  }
}
