package io.rankline.spark.training.worker;

import io.rankline.pipeline.replica.ReplicaGroup;
import io.rankline.spark.training.collective.Ring;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Replicas that reach each other over a ring. */
record RingGroup(Ring ring) implements ReplicaGroup {

  @Override
  public int rank() {
    return ring.rank();
  }

  @Override
  public int size() {
    return ring.size();
  }

  @Override
  public void sum(ByteBuffer values) throws IOException {
    ring.sum(values);
  }

  @Override
  public long max(long value) throws IOException {
    long[] most = {value};
    ring.max(most);
    return most[0];
  }

  @Override
  public ByteBuffer gather(ByteBuffer own) throws IOException {
    return ring.gather(own);
  }
}
