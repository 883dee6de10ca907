package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rank's place in a ring of N. Every rank calls the same operations in the same order, with
 * arrays of the same size, from one thread at a time; a call returns when this rank has its result.
 * Results have the same bits on every rank.
 *
 * <p>The first fault ends the ring: the call throws a {@link RingException}, the other ranks are
 * informed why and throw the same in the call they are in or make next, and every later call throws
 * it again. A rank that died is noticed at once, one that hangs after the settings' {@code
 * silenceTimeout}; the news takes a message for each rank on the way. An interrupt ends the call in
 * the same way and leaves the thread's interrupt status set.
 *
 * <p>{@link #close} and {@link #abort} may be called from any thread, also while another one is in
 * an operation.
 */
public final class Ring implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ring.class);

  /** How long a rank with a fault waits for its neighbours to take the news. */
  private static final Duration ABORT_LINGER = Duration.ofSeconds(1);

  /**
   * How long a rank that is done waits for its neighbours to be done, too: to close a socket before
   * the other side has read everything can take the rest away from it.
   */
  private static final Duration CLOSE_LINGER = Duration.ofMillis(250);

  private final Peer self;
  private final int size;
  private final @Nullable Neighbours neighbours;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable RingException fault;
  private int operations;
  private long sums;
  private long exchangeNanos;
  private long waitNanos;

  /** The links of a rank and what runs over them. */
  private record Neighbours(Link previous, Link next, Selector selector, Exchange exchange) {}

  /** A ring of one rank, which has nobody to talk to. */
  Ring(Peer self) {
    this.self = self;
    this.size = 1;
    this.neighbours = null;
  }

  /** Takes over links and selector. */
  Ring(Peer self, int size, Link previous, Link next, Selector selector, RingSettings settings) {
    this.self = self;
    this.size = size;
    this.neighbours =
        new Neighbours(
            previous, next, selector, new Exchange(self, previous, next, selector, settings));
  }

  /** Number of this rank, from 0. */
  public int rank() {
    return self.rank();
  }

  /** Number of ranks, N. */
  public int size() {
    return size;
  }

  /**
   * Replaces the values, from position to limit, with their sums over all ranks. The position and
   * the limit stay. A sum is made in float32, in an order that depends on the place of a value and
   * on N, so it is the same in every run. NaN and infinity are values like others.
   *
   * <p>A direct buffer is the fast way: the network reads and writes its memory. Nothing is
   * allocated but a few small objects.
   *
   * @param values floats in the byte order of the machine, the same number on every rank; undefined
   *     after a fault
   * @throws IllegalArgumentException if the buffer has another byte order, or parts of a float
   */
  public void sum(ByteBuffer values) throws RingException {
    if (values.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "values must have the byte order of the machine, %s, got %s"
              .formatted(ByteOrder.nativeOrder(), values.order()));
    }
    if (values.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "values must be whole floats of 4 bytes, got %s bytes".formatted(values.remaining()));
    }
    turn.lock();
    try {
      long start = System.nanoTime();
      run(FrameType.SUM, values);
      sums++;
      spent(start);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Replaces a few numbers with their sums over all ranks, each added from rank 0 to rank N - 1.
   * All numbers of all ranks go to every rank, so this is for scalars, not for gradients.
   */
  public void sum(double[] values) throws RingException {
    ByteBuffer mine = buffer((long) values.length * Double.BYTES);
    mine.asDoubleBuffer().put(values);
    DoubleBuffer all = gather(mine).asDoubleBuffer();
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (int rank = 0; rank < size; rank++) {
        sum += all.get(rank * values.length + i);
      }
      values[i] = sum;
    }
  }

  /** Replaces a few numbers with their maxima over all ranks; see {@link #sum(double[])}. */
  public void max(long[] values) throws RingException {
    long[][] all = gather(values);
    for (int i = 0; i < values.length; i++) {
      for (long[] ofRank : all) {
        values[i] = Math.max(values[i], ofRank[i]);
      }
    }
  }

  /**
   * What each rank gives, on every rank: hashes to compare, counts, times.
   *
   * @param values the same number on every rank
   * @return by rank, shape [N, values]
   */
  public long[][] gather(long[] values) throws RingException {
    ByteBuffer mine = buffer((long) values.length * Long.BYTES);
    mine.asLongBuffer().put(values);
    LongBuffer all = gather(mine).asLongBuffer();
    long[][] byRank = new long[size][values.length];
    for (long[] ofRank : byRank) {
      all.get(ofRank);
    }
    return byRank;
  }

  /**
   * What each rank gives, on every rank, of any kind: every rank sends N - 1 times as much as it
   * gives.
   *
   * @param mine on the heap, from 0 to its capacity: whole words of four bytes, as many on every
   *     rank
   * @return by rank, one after the other, in the native byte order
   */
  public ByteBuffer gather(ByteBuffer mine) throws RingException {
    ByteBuffer all = buffer((long) mine.capacity() * size);
    all.put(rank() * mine.capacity(), mine, 0, mine.capacity());
    turn.lock();
    try {
      long start = System.nanoTime();
      run(FrameType.GATHER, all);
      spent(start);
    } finally {
      turn.unlock();
    }
    return all;
  }

  /** Returns when every rank has called it. */
  public void barrier() throws RingException {
    gather(buffer(0));
  }

  /** What this rank's part has cost until now. */
  public RingTimings timings() {
    turn.lock();
    try {
      long sent =
          neighbours == null
              ? 0
              : neighbours.previous().bytesSent() + neighbours.next().bytesSent();
      return new RingTimings(sums, sent, exchangeNanos, waitNanos);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Ends the ring for all ranks and says why: their calls throw "rank R at host:port gave up:
   * reason".
   *
   * @param reason the fault that stops this rank
   */
  public void abort(String reason) {
    end(FrameType.ABORT, new RingException(rank(), "%s gave up: %s".formatted(self, reason), null));
  }

  /**
   * Leaves the ring. Ranks that still wait for this one get an error; closing twice does nothing.
   */
  @Override
  public void close() {
    end(FrameType.CLOSED, new RingException(rank(), self + " has closed its ring", null));
  }

  private void end(FrameType type, RingException reason) {
    if (neighbours != null) {
      neighbours.exchange().stop(reason);
    }
    turn.lock();
    try {
      if (fault == null) {
        fault = reason;
        leave(type, reason);
      }
    } finally {
      turn.unlock();
    }
  }

  private void spent(long start) {
    exchangeNanos += System.nanoTime() - start;
    waitNanos += neighbours == null ? 0 : neighbours.exchange().waitNanos();
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  private void run(FrameType type, ByteBuffer memory) throws RingException {
    if (fault != null) {
      throw new RingException(fault.culpritOrNobody(), message(fault), fault);
    }
    if (neighbours == null) {
      return;
    }
    try {
      Payload payload = new Payload(memory);
      neighbours.exchange().run(new Operation(++operations, type, payload, rank(), size));
    } catch (RingException e) {
      fault = e;
      leave(FrameType.ABORT, e);
      throw e;
    }
  }

  private void leave(FrameType type, RingException reason) {
    if (neighbours == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try (Selector selector = neighbours.selector();
        Link previous = neighbours.previous();
        Link next = neighbours.next()) {
      Farewell.say(
          type,
          reason,
          previous,
          next,
          selector,
          type == FrameType.ABORT ? ABORT_LINGER : CLOSE_LINGER);
    } catch (IOException e) {
      LOG.debug("{}: closing its connections failed", self, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String message(Throwable fault) {
    return String.valueOf(fault.getMessage());
  }
}
