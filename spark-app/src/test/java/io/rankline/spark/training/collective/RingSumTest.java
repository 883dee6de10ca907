package io.rankline.spark.training.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingSumTest {

  /** A sum of N floats of normal size is off by N roundings at most, relative to their sizes. */
  private static final double FLOAT_ROUNDING = Math.scalb(1.0, -23);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void sumsOfAnySizeAreRightAndHaveTheSameBitsOnEveryRank(long seed) throws Exception {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(6);
    RingSettings settings = Ranks.settings().chunkBytes(4 * (1 + random.nextInt(300))).build();
    int[] lengths =
        IntStream.of(0, 1, size - 1, size, size + 1, random.nextInt(2_000), random.nextInt(50_000))
            .toArray();

    List<float[][]> sums =
        Ranks.run(
            size,
            settings,
            ring -> {
              float[][] results = new float[lengths.length][];
              for (int i = 0; i < lengths.length; i++) {
                ByteBuffer values = Ranks.direct(terms(seed, ring.rank(), lengths[i]));
                ring.sum(values);
                results[i] = Ranks.heap(values);
              }
              return results;
            });

    for (int i = 0; i < lengths.length; i++) {
      for (int rank = 1; rank < size; rank++) {
        assertThat(bits(sums.get(rank)[i])).isEqualTo(bits(sums.get(0)[i]));
      }
      assertIsSum(sums.get(0)[i], seed, size, lengths[i]);
    }
  }

  private static void assertIsSum(float[] sum, long seed, int size, int length) {
    double[] expected = new double[length];
    double[] magnitude = new double[length];
    for (int rank = 0; rank < size; rank++) {
      float[] terms = terms(seed, rank, length);
      for (int i = 0; i < length; i++) {
        expected[i] += terms[i];
        magnitude[i] += Math.abs(terms[i]);
      }
    }
    assertThat(sum).hasSize(length);
    for (int i = 0; i < length; i++) {
      assertThat((double) sum[i])
          .isCloseTo(expected[i], within(size * FLOAT_ROUNDING * magnitude[i]));
    }
  }

  @Test
  void notANumberAndInfinityPassThrough() throws Exception {
    List<float[]> sums =
        Ranks.run(
            3,
            Ranks.settings().build(),
            ring -> {
              float odd = ring.rank() == 1 ? Float.NaN : 1;
              float infinite = ring.rank() == 2 ? Float.NEGATIVE_INFINITY : 1;
              ByteBuffer values = Ranks.direct(odd, infinite, 1, -0f);
              ring.sum(values);
              return Ranks.heap(values);
            });

    for (float[] sum : sums) {
      assertThat(sum).containsExactly(Float.NaN, Float.NEGATIVE_INFINITY, 3, -0f);
      assertThat(bits(sum)).isEqualTo(bits(sums.get(0)));
    }
  }

  @Test
  void aThousandSumsInARowStayInStep() throws Exception {
    List<Boolean> right =
        Ranks.run(
            3,
            Ranks.settings().chunkBytes(64).build(),
            ring -> {
              ByteBuffer values = Ranks.direct(new float[100]);
              boolean same = true;
              for (int step = 0; step < 1000; step++) {
                for (int i = 0; i < 100; i++) {
                  values.putFloat(i * Float.BYTES, step + i + ring.rank());
                }
                ring.sum(values);
                for (int i = 0; i < 100; i++) {
                  same &= values.getFloat(i * Float.BYTES) == 3 * (step + i) + 0 + 1 + 2;
                }
              }
              return same;
            });

    assertThat(right).containsExactly(true, true, true);
  }

  @Test
  void onlyWhatLiesBetweenPositionAndLimitIsSummed() throws Exception {
    List<float[]> sums =
        Ranks.run(
            2,
            Ranks.settings().build(),
            ring -> {
              ByteBuffer values = Ranks.direct(1, 2, 3, 4);
              values.position(Float.BYTES).limit(3 * Float.BYTES);
              ring.sum(values);
              assertThat(values.position()).isEqualTo(Float.BYTES);
              assertThat(values.limit()).isEqualTo(3 * Float.BYTES);
              return Ranks.heap(values.clear().order(ByteOrder.nativeOrder()));
            });

    assertThat(sums).allSatisfy(sum -> assertThat(sum).containsExactly(1, 4, 6, 4));
  }

  @Test
  void buffersOnTheHeapAreSummedToo() throws Exception {
    int last = 100_000;
    int bytes = (last + 1) * Float.BYTES;
    List<float[]> sums =
        Ranks.run(
            2,
            Ranks.settings().build(),
            ring -> {
              ByteBuffer values = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
              values.asFloatBuffer().put(0, 1).put(last, ring.rank());
              ring.sum(values);
              return new float[] {values.getFloat(0), values.getFloat(last * Float.BYTES)};
            });

    assertThat(sums).allSatisfy(sum -> assertThat(sum).containsExactly(2, 1));
  }

  @Test
  void buffersThatAreNoFloatsOfThisMachineAreRefused() throws Exception {
    ByteOrder own = ByteOrder.nativeOrder();
    ByteOrder other = own == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;

    Ranks.run(
        1,
        Ranks.settings().build(),
        ring -> {
          assertThatThrownBy(() -> ring.sum(ByteBuffer.allocate(8).order(other)))
              .hasMessage("values must have the byte order of the machine, %s, got %s", own, other);
          assertThatThrownBy(() -> ring.sum(ByteBuffer.allocate(7).order(own)))
              .hasMessage("values must be whole floats of 4 bytes, got 7 bytes");
          return ring;
        });
  }

  @Test
  void smallExchangesGoThroughAllRanksInOrder() throws Exception {
    double third = 1 / 3.0;

    List<List<Object>> results =
        Ranks.run(
            4,
            Ranks.settings().secret("of the job").build(),
            ring -> {
              double[] sums = {ring.rank(), third, 1e300 * (ring.rank() % 2 == 0 ? 1 : -1)};
              ring.sum(sums);
              long[] maxima = {ring.rank(), -ring.rank(), Long.MIN_VALUE};
              ring.max(maxima);
              ring.barrier();
              long[][] ranks = ring.gather(new long[] {ring.rank() * 10L});
              return List.of(sums, maxima, ranks);
            });

    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result)
                    .usingRecursiveComparison()
                    .isEqualTo(
                        List.of(
                            new double[] {0 + 1 + 2 + 3, third + third + third + third, 0},
                            new long[] {3, 0, Long.MIN_VALUE},
                            new long[][] {{0}, {10}, {20}, {30}})));
  }

  @Test
  void timingsTellHowLongTheLastRankWasWaitedFor() throws Exception {
    long lateNanos = 300_000_000;

    List<RingTimings> timings =
        Ranks.run(
            3,
            Ranks.settings().build(),
            ring -> {
              ring.barrier();
              RingTimings before = ring.timings();
              if (ring.rank() == 2) {
                LockSupport.parkNanos(lateNanos);
              }
              ring.sum(Ranks.direct(new float[30_000]));
              return ring.timings().since(before);
            });

    for (int rank : new int[] {0, 1}) {
      assertThat(timings.get(rank).waitNanos()).isGreaterThan(lateNanos / 2);
      assertThat(timings.get(rank).transferNanos()).isLessThan(lateNanos / 2);
    }
    assertThat(timings.get(2).waitNanos()).isLessThan(lateNanos / 2);
    // 2 (N - 1) / N of the values are sent, and some heads.
    assertThat(timings)
        .allSatisfy(
            timing -> {
              assertThat(timing.sums()).isEqualTo(1);
              assertThat(timing.bytesSent()).isBetween(160_000L, 161_000L);
            });
  }

  private static float[] terms(long seed, int rank, int length) {
    Random random = new Random(seed * 31 + rank);
    float[] terms = new float[length];
    for (int i = 0; i < length; i++) {
      terms[i] = (float) random.nextGaussian();
    }
    return terms;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
