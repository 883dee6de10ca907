package io.rankline.pipeline.replica;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Replicas that are threads of this JVM: each adds up one part of the values for all. */
public final class ThreadReplicas {

  private final int size;
  private final Phaser phaser;
  private final AtomicReferenceArray<FloatBuffer> buffers;
  private final long[] maxima;
  private final AtomicReferenceArray<ByteBuffer> gifts;

  /**
   * A group.
   *
   * @throws IllegalArgumentException for less than one replica
   */
  public ThreadReplicas(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("replicas must be 1 or more, got " + size);
    }
    this.size = size;
    this.phaser = new Phaser(size);
    this.buffers = new AtomicReferenceArray<>(size);
    this.maxima = new long[size];
    this.gifts = new AtomicReferenceArray<>(size);
  }

  /** The members in the order of their ranks, one for each thread. */
  public List<ReplicaGroup> members() {
    List<ReplicaGroup> members = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      members.add(new Member(rank));
    }
    return members;
  }

  /** Ends every wait of a member with an error, now and from now on: one of them failed. */
  public void abort() {
    phaser.forceTermination();
  }

  private void await() throws IOException {
    try {
      int phase = phaser.arrive();
      if (phase < 0 || phaser.awaitAdvanceInterruptibly(phase) < 0) {
        throw new IOException("another replica failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while waiting for the other replicas");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private final class Member implements ReplicaGroup {
    private final int rank;

    Member(int rank) {
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void sum(ByteBuffer memory) throws IOException {
      FloatBuffer values = memory.slice().order(ByteOrder.nativeOrder()).asFloatBuffer();
      buffers.set(rank, values);
      await();
      int length = values.remaining();
      for (int other = 0; other < size; other++) {
        if (buffer(other).remaining() != length) {
          throw new IOException(
              "replica %s adds %s values, replica %s adds %s"
                  .formatted(rank, length, other, buffer(other).remaining()));
        }
      }
      int begin = bound(length, rank);
      int end = bound(length, rank + 1);
      for (int i = begin; i < end; i++) {
        // In the order of ranks, so that the bits do not depend on who adds up.
        float total = buffer(0).get(buffer(0).position() + i);
        for (int other = 1; other < size; other++) {
          total += buffer(other).get(buffer(other).position() + i);
        }
        values.put(values.position() + i, total);
      }
      await();
      for (int other = 0; other < size; other++) {
        if (other != rank) {
          int from = bound(length, other);
          FloatBuffer source = buffer(other);
          values.put(
              values.position() + from,
              source,
              source.position() + from,
              bound(length, other + 1) - from);
        }
      }
      await();
    }

    @Override
    public long max(long value) throws IOException {
      maxima[rank] = value;
      await();
      long most = value;
      for (long other : maxima) {
        most = Math.max(most, other);
      }
      await();
      return most;
    }

    @Override
    public ByteBuffer gather(ByteBuffer own) throws IOException {
      gifts.set(rank, own);
      await();
      ByteBuffer all = ByteBuffer.allocate(own.capacity() * size);
      for (int other = 0; other < size; other++) {
        ByteBuffer gift = Objects.requireNonNull(gifts.get(other));
        if (gift.capacity() != own.capacity()) {
          throw new IOException(
              "replica %s gives %s bytes, replica %s gives %s"
                  .formatted(rank, own.capacity(), other, gift.capacity()));
        }
        all.put(other * own.capacity(), gift, 0, own.capacity());
      }
      await();
      return all;
    }

    private FloatBuffer buffer(int other) {
      return Objects.requireNonNull(buffers.get(other));
    }

    private int bound(int length, int part) {
      return (int) ((long) length * part / size);
    }
  }
}
