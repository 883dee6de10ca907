package io.rankline.spark.training.collective.benchmark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The other way of writing a rank: channels that block and two threads, one that sends and one that
 * receives and adds. No frames, no checks, no time-outs: it stands for the speed of the way.
 */
final class BlockingRing {

  private static final int CHUNK_FLOATS = 64 << 10;
  private static final int TILE = 2048;

  private final int rank;
  private final int size;
  private final SocketChannel previous;
  private final SocketChannel next;
  private final ExecutorService sender;
  private final ByteBuffer in = bytes();
  private final ByteBuffer out = bytes();
  private final float[] sums = new float[TILE];
  private final float[] terms = new float[TILE];

  BlockingRing(
      int rank, int size, SocketChannel previous, SocketChannel next, ExecutorService sender) {
    this.rank = rank;
    this.size = size;
    this.previous = previous;
    this.next = next;
    this.sender = sender;
  }

  private static ByteBuffer bytes() {
    return ByteBuffer.allocateDirect(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  /** Sums over all ranks, in the same blocks and chunks as the ring of the application. */
  void sum(FloatBuffer values) throws Exception {
    Semaphore received = new Semaphore(chunks(values, rank));
    Future<?> sending =
        sender.submit(
            () -> {
              for (int step = 0; step < 2 * (size - 1); step++) {
                int block = Math.floorMod(rank - step, size);
                for (int from = start(values, block);
                    from < start(values, block + 1);
                    from += CHUNK_FLOATS) {
                  received.acquire();
                  int count = Math.min(CHUNK_FLOATS, start(values, block + 1) - from);
                  out.asFloatBuffer().put(0, values, from, count);
                  Loopback.write(next, out.position(0).limit(count * Float.BYTES));
                  out.clear();
                }
              }
              return null;
            });
    for (int step = 0; step < 2 * (size - 1); step++) {
      int block = Math.floorMod(rank - step - 1, size);
      for (int from = start(values, block); from < start(values, block + 1); from += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, start(values, block + 1) - from);
        Loopback.read(previous, in.position(0).limit(count * Float.BYTES));
        in.clear();
        if (step < size - 1) {
          add(values, from, count);
        } else {
          values.put(from, in.asFloatBuffer(), 0, count);
        }
        received.release();
      }
    }
    sending.get();
  }

  private void add(FloatBuffer values, int from, int count) {
    FloatBuffer received = in.asFloatBuffer();
    for (int done = 0; done < count; done += TILE) {
      int floats = Math.min(TILE, count - done);
      values.get(from + done, sums, 0, floats);
      received.get(done, terms, 0, floats);
      for (int i = 0; i < floats; i++) {
        sums[i] += terms[i];
      }
      values.put(from + done, sums, 0, floats);
    }
  }

  private int start(FloatBuffer values, int block) {
    return (int) ((long) values.capacity() * block / size);
  }

  private int chunks(FloatBuffer values, int block) {
    int floats = start(values, block + 1) - start(values, block);
    return (floats + CHUNK_FLOATS - 1) / CHUNK_FLOATS;
  }
}
