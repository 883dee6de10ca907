package io.rankline.spark.training.collective.benchmark;

import io.rankline.spark.training.collective.Ring;
import io.rankline.spark.training.collective.RingEndpoint;
import io.rankline.spark.training.collective.RingSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast is a sum over N ranks of this machine, beside a plain copy through a loopback socket?
 *
 * <p>Ranks are threads of this JVM. All ways run in turn in each round. The yardstick is one thread
 * that sends and one that receives as many bytes as all ranks of a sum send together, 2 (N - 1)
 * times the values: 1.0 is a sum that costs nothing but its bytes. Prints the median over the
 * rounds with the range, and the time of a sum of N floats divided by its 2 (N - 1) hops, which is
 * alpha.
 *
 * <pre>
 *   java -cp $CLASSPATH io.rankline.spark.training.collective.benchmark.AllReduceBenchmark [ROUNDS [CHUNK_KB]]
 * </pre>
 */
public final class AllReduceBenchmark {

  private static final int WARM_ROUNDS = 5;
  private static final int SMALL_SUMS = 500;

  private AllReduceBenchmark() {}

  /** See the class's page for the arguments. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int chunkBytes = (args.length > 1 ? Integer.parseInt(args[1]) : 256) << 10;
    System.out.println(
        "ranks; values (MB); copy (ms); ring (ms); ring/copy; two threads (ms); two threads/copy;"
            + " alpha (us)");
    for (int ranks : new int[] {2, 3, 4}) {
      for (int values : new int[] {800_000, 8_000_000}) {
        measure(ranks, values, rounds, chunkBytes);
      }
    }
  }

  private static void measure(int ranks, int values, int rounds, int chunkBytes) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Loopback> links = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      links.add(Loopback.open());
    }
    List<Ring> rings = rings(ranks, chunkBytes, threads);
    List<BlockingRing> blocking = new ArrayList<>();
    List<FloatBuffer> buffers = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      blocking.add(
          new BlockingRing(
              rank,
              ranks,
              links.get(Math.floorMod(rank - 1, ranks)).to(),
              links.get(rank).from(),
              threads));
      buffers.add(
          ByteBuffer.allocateDirect(values * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer());
    }
    double[][] millis = new double[6][rounds];
    try (Loopback yardstick = Loopback.open()) {
      for (int round = -WARM_ROUNDS; round < rounds; round++) {
        double copy = copy(yardstick, 2L * (ranks - 1) * values * Float.BYTES, threads);
        double ring = all(threads, ranks, rank -> rings.get(rank).sum(buffers.get(rank)));
        double two = all(threads, ranks, rank -> blocking.get(rank).sum(buffers.get(rank)));
        double small = all(threads, ranks, rank -> smallSums(rings.get(rank), ranks));
        if (round >= 0) {
          double alpha = 1000 * small / SMALL_SUMS / (2 * (ranks - 1));
          double[] row = {copy, ring, ring / copy, two, two / copy, alpha};
          for (int i = 0; i < row.length; i++) {
            millis[i][round] = row[i];
          }
        }
      }
    }
    StringBuilder line =
        new StringBuilder().append(ranks).append("; ").append(Math.round(values * 4e-5) / 10.0);
    for (double[] column : millis) {
      Arrays.sort(column);
      line.append(
          "; %.2f (%.2f to %.2f)".formatted(column[rounds / 2], column[0], column[rounds - 1]));
    }
    System.out.println(line);
    all(threads, ranks, rank -> rings.get(rank).close());
    threads.shutdown();
    for (Loopback link : links) {
      link.close();
    }
  }

  private static List<Ring> rings(int ranks, int chunkBytes, ExecutorService threads)
      throws Exception {
    RingSettings settings = RingSettings.builder("127.0.0.1").chunkBytes(chunkBytes).build();
    List<RingEndpoint> endpoints = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      endpoints.add(RingEndpoint.open(settings));
    }
    List<String> addresses = endpoints.stream().map(RingEndpoint::address).toList();
    List<Future<Ring>> joined = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      int rank = i;
      joined.add(threads.submit(() -> endpoints.get(rank).join(addresses, rank)));
    }
    List<Ring> rings = new ArrayList<>();
    for (Future<Ring> ring : joined) {
      rings.add(ring.get());
    }
    return rings;
  }

  /** What a rank does. */
  @FunctionalInterface
  private interface Work {
    void of(int rank) throws Exception;
  }

  private static double all(ExecutorService threads, int ranks, Work work) throws Exception {
    long start = System.nanoTime();
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      int rank = i;
      ends.add(
          threads.submit(
              () -> {
                work.of(rank);
                return null;
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    return (System.nanoTime() - start) * 1e-6;
  }

  private static void smallSums(Ring ring, int ranks) throws Exception {
    FloatBuffer few = FloatBuffer.allocate(ranks);
    for (int i = 0; i < SMALL_SUMS; i++) {
      ring.sum(few);
    }
  }

  private static double copy(Loopback link, long bytes, ExecutorService threads) throws Exception {
    return all(
        threads,
        2,
        side -> {
          ByteBuffer chunk = ByteBuffer.allocateDirect(256 << 10);
          for (long left = bytes; left > 0; left -= chunk.limit()) {
            chunk.clear().limit((int) Math.min(left, chunk.capacity()));
            if (side == 0) {
              Loopback.write(link.from(), chunk);
            } else {
              Loopback.read(link.to(), chunk);
            }
          }
        });
  }
}
