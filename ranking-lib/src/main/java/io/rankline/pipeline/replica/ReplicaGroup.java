package io.rankline.pipeline.replica;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** The replicas of a training as one of them sees them. To be used by one thread. */
public interface ReplicaGroup {

  /** The number of this replica, from 0. */
  int rank();

  /** The number of replicas. */
  int size();

  /**
   * Adds the values of all replicas, in place; all of them end with the same bits.
   *
   * @param values direct, of the same length on every replica
   * @throws IOException if another replica is gone, or silent for too long
   */
  void sum(FloatBuffer values) throws IOException;

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
