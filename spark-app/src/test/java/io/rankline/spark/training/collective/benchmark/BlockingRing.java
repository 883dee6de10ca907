package io.rankline.spark.training.collective.benchmark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The other way of writing a rank: channels that block and two threads, one that sends and one that
 * receives and adds. No frames, no checks, no time-outs: it stands for the speed of the way. Like
 * the ring of the application it sends from the values and reads into them.
 */
final class BlockingRing {

  private final int rank;
  private final int size;
  private final SocketChannel previous;
  private final SocketChannel next;
  private final ExecutorService sender;
  private final ByteBuffer in;
  private final TiledSum tiles = new TiledSum();
  private final int chunkFloats;

  BlockingRing(
      int rank,
      int size,
      SocketChannel previous,
      SocketChannel next,
      int chunkBytes,
      ExecutorService sender) {
    this.rank = rank;
    this.size = size;
    this.previous = previous;
    this.next = next;
    this.sender = sender;
    this.chunkFloats = chunkBytes / Float.BYTES;
    this.in = ByteBuffer.allocateDirect(chunkBytes).order(ByteOrder.nativeOrder());
  }

  /** Sums over all ranks, in the same blocks and chunks as the ring of the application. */
  void sum(ByteBuffer values) throws Exception {
    Semaphore received = new Semaphore(chunks(values, rank));
    ByteBuffer outgoing = values.duplicate();
    Future<?> sending =
        sender.submit(
            () -> {
              for (int step = 0; step < 2 * (size - 1); step++) {
                int block = Math.floorMod(rank - step, size);
                int end = start(values, block + 1);
                for (int from = start(values, block); from < end; from += chunkFloats) {
                  received.acquire();
                  Loopback.write(next, floats(outgoing, from, end));
                }
              }
              return null;
            });
    ByteBuffer incoming = values.duplicate();
    for (int step = 0; step < 2 * (size - 1); step++) {
      int block = Math.floorMod(rank - step - 1, size);
      int end = start(values, block + 1);
      for (int from = start(values, block); from < end; from += chunkFloats) {
        if (step < size - 1) {
          int count = Math.min(chunkFloats, end - from);
          Loopback.read(previous, in.position(0).limit(count * Float.BYTES));
          tiles.add(values.asFloatBuffer(), from, in.clear().asFloatBuffer(), count);
        } else {
          Loopback.read(previous, floats(incoming, from, end));
        }
        received.release();
      }
    }
    sending.get();
  }

  private ByteBuffer floats(ByteBuffer values, int from, int end) {
    int to = Math.min(end, from + chunkFloats);
    return values.limit(to * Float.BYTES).position(from * Float.BYTES);
  }

  private int start(ByteBuffer values, int block) {
    return (int) ((long) (values.capacity() / Float.BYTES) * block / size);
  }

  private int chunks(ByteBuffer values, int block) {
    int floats = start(values, block + 1) - start(values, block);
    return (floats + chunkFloats - 1) / chunkFloats;
  }
}
