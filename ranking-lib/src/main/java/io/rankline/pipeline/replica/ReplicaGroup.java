package io.rankline.pipeline.replica;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The replicas of a training as one of them sees them. To be used by one thread. */
public interface ReplicaGroup {

  /** The number of this replica, from 0. */
  int rank();

  /** The number of replicas. */
  int size();

  /**
   * Adds the values of all replicas, in place; all of them end with the same bits.
   *
   * @param values floats in the byte order of the machine, direct, of the same number on every
   *     replica
   * @throws IOException if another replica is gone, or silent for too long
   */
  void sum(ByteBuffer values) throws IOException;

  /**
   * The largest of the replicas' values.
   *
   * @throws IOException if another replica is gone, or silent for too long
   */
  long max(long value) throws IOException;

  /**
   * What each replica gives, on every replica.
   *
   * @param own on the heap, from 0 to its capacity: whole words of four bytes, as many on every
   *     replica
   * @return by rank, one after the other
   * @throws IOException if another replica is gone, or silent for too long
   */
  ByteBuffer gather(ByteBuffer own) throws IOException;
}
