package io.rankline.spark.training.collective.benchmark;

import io.netty.channel.epoll.Epoll;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast is a sum over N ranks of this machine, beside a plain copy through a loopback socket,
 * and beside other ways of writing it?
 *
 * <p>Ranks are threads of this JVM. All ways run in turn in each round, each round beginning with
 * another one. The yardstick is one thread that sends and one that receives as many bytes as all
 * ranks of a sum send together, 2 (N - 1) times the values: 1.0 is a sum that costs nothing but its
 * bytes. Prints medians over the rounds with the range: milliseconds, the ratio to the copy of the
 * same round, the mean processor time of all threads together; and alpha, the time of a sum of N
 * floats divided by its 2 (N - 1) hops.
 *
 * <pre>
 *   java -cp $CLASSPATH io.rankline.spark.training.collective.benchmark.AllReduceBenchmark [ROUNDS [CHUNK_KB]]
 * </pre>
 */
public final class AllReduceBenchmark {

  private static final int WARM_ROUNDS = 10;
  private static final int SMALL_SUMS = 500;

  private AllReduceBenchmark() {}

  /** See the class's page for the arguments. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int chunkBytes = (args.length > 1 ? Integer.parseInt(args[1]) : 256) << 10;
    if (!Epoll.isAvailable()) {
      System.out.println("Netty's epoll is not available: " + Epoll.unavailabilityCause());
    }
    for (int ranks : new int[] {2, 3, 4}) {
      try (RankThreads threads = new RankThreads(ranks);
          Ways ways = new Ways(threads, chunkBytes)) {
        for (int values : new int[] {ranks, 800_000, 8_000_000}) {
          measure(threads, ways, values, rounds);
        }
      }
    }
  }

  private static void measure(RankThreads threads, Ways ways, int values, int rounds)
      throws Exception {
    int ranks = threads.ranks();
    boolean small = values == ranks;
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      buffers.add(ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder()));
    }
    List<Ways.Way> all = ways.all();
    Samples copies = new Samples("plain copy", rounds);
    List<Samples> samples = all.stream().map(way -> new Samples(way.name(), rounds)).toList();
    for (int round = -WARM_ROUNDS; round < rounds; round++) {
      if (!small) {
        copies.time(round, () -> ways.copy(2L * (ranks - 1) * values * Float.BYTES));
      }
      for (int turn = 0; turn < all.size(); turn++) {
        int place = Math.floorMod(round + turn, all.size());
        samples
            .get(place)
            .time(
                round,
                () ->
                    threads.run(
                        rank -> {
                          for (int i = 0; i < (small ? SMALL_SUMS : 1); i++) {
                            all.get(place).sum().of(rank, buffers.get(rank));
                          }
                        }));
      }
    }
    if (small) {
      double hops = 1e-3 * SMALL_SUMS * 2 * (ranks - 1);
      samples.forEach(way -> System.out.println("%d ranks; %s".formatted(ranks, way.alpha(hops))));
      return;
    }
    String size = "%d ranks; %.1f MB; ".formatted(ranks, values * 4e-6);
    System.out.println(size + copies.against(copies));
    samples.forEach(way -> System.out.println(size + way.against(copies)));
  }
}
