package io.rankline.spark.training.collective.benchmark;

import io.netty.channel.epoll.Epoll;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast is a sum over N ranks of this machine, beside a plain copy through a loopback socket,
 * and beside other ways of writing it?
 *
 * <p>Ranks are threads of this JVM. All ways run in turn in each round, each round beginning with
 * another one. The yardstick is one thread that sends and one that receives as many bytes as all
 * ranks of a sum send together, 2 (N - 1) times the values: 1.0 is a sum that costs nothing but its
 * bytes. Prints the median over the rounds with the range: milliseconds, and the ratio to the copy
 * of the same round; and alpha, the time of a sum of N floats divided by its 2 (N - 1) hops.
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
    Map<String, double[]> millis = new LinkedHashMap<>();
    all.forEach(way -> millis.put(way.name(), new double[rounds]));
    double[] copies = new double[rounds];
    for (int round = -WARM_ROUNDS; round < rounds; round++) {
      double copied = small ? 1 : ways.copy(2L * (ranks - 1) * values * Float.BYTES);
      for (int turn = 0; turn < all.size(); turn++) {
        Ways.Way way = all.get(Math.floorMod(round + turn, all.size()));
        double time =
            threads.run(
                rank -> {
                  for (int i = 0; i < (small ? SMALL_SUMS : 1); i++) {
                    way.sum().of(rank, buffers.get(rank));
                  }
                });
        if (round >= 0) {
          double[] column = millis.get(way.name());
          if (column != null) {
            column[round] = time;
          }
          copies[round] = copied;
        }
      }
    }
    if (small) {
      double hops = 1e-3 * SMALL_SUMS * 2 * (ranks - 1);
      millis.forEach(
          (name, times) ->
              System.out.printf("%d ranks; %s; alpha %s us%n", ranks, name, median(times, hops)));
      return;
    }
    String size = "%d ranks; %.1f MB; ".formatted(ranks, values * 4e-6);
    System.out.println(size + "plain copy; " + median(copies.clone(), 1) + " ms");
    millis.forEach(
        (name, times) -> {
          double[] ratios = new double[rounds];
          Arrays.setAll(ratios, round -> times[round] / copies[round]);
          System.out.println(
              size + name + "; " + median(times, 1) + " ms; copy x " + median(ratios, 1));
        });
  }

  /** "5.1 (4.7 to 9.0)"; sorts the values. */
  private static String median(double[] values, double divisor) {
    Arrays.sort(values);
    return "%.2f (%.2f to %.2f)"
        .formatted(
            values[values.length / 2] / divisor,
            values[0] / divisor,
            values[values.length - 1] / divisor);
  }
}
