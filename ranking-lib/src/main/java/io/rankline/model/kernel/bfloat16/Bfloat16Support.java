package io.rankline.model.kernel.bfloat16;

import io.rankline.compiled.CompiledCode;
import io.rankline.model.kernel.BlasThreads;
import io.rankline.model.kernel.Gemm;
import io.rankline.model.kernel.NativeFloats;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process multiplies in bfloat16. It does where the processor has AMX, and where it
 * has AVX512_BF16 and a short trial says that this is faster than float32: on AMD's Zen 5 it takes
 * half of the time, on some of Intel's processors it takes longer.
 *
 * @param gemm the products; null where there are none, or slow ones
 * @param reason why there are none; empty where there are
 */
public record Bfloat16Support(@Nullable Bfloat16Gemm gemm, String reason) {

  private static final Bfloat16Support NOT_WANTED =
      new Bfloat16Support(
          null, "the system property " + CompiledCode.PROPERTY + " turns compiled arithmetic off");

  /** What float32 takes has to be more than bfloat16 takes by this. */
  private static final double PAYS = 1.2;

  /** Sizes of the trial: 35 million multiplications. */
  private static final int ROWS = 256;

  private static final int INPUTS = 512;
  private static final int OUTPUTS = 256;
  private static final int ROUNDS = 5;

  /** By which tiles and vectors may differ: they sum in other orders. */
  private static final float TOLERANCE = 1e-3f;

  /** Of this process. The first call takes some 20 ms. */
  public static Bfloat16Support here() {
    return CompiledCode.isWanted() ? Tried.HERE : NOT_WANTED;
  }

  private static final class Tried {
    static final Bfloat16Support HERE =
        Bfloat16Gemm.find()
            .map(gemm -> new Trial().of(gemm))
            .orElseGet(
                () ->
                    new Bfloat16Support(
                        null,
                        "it takes a Linux processor with amx_bf16 or avx512_bf16, and a jar that"
                            + " was built with a C compiler that knows them"));
  }

  /** A forward product, with its rows packed for it. */
  private static final class Trial {

    private final NativeFloats x = NativeFloats.room(ROWS * INPUTS);
    private final NativeFloats w = NativeFloats.room(OUTPUTS * INPUTS);
    private final NativeFloats z = NativeFloats.room(ROWS * OUTPUTS);
    private final PackedMatrix rows = new PackedMatrix();
    private final PackedMatrix weights = new PackedMatrix();

    Trial() {
      SplittableRandom random = new SplittableRandom(1);
      x.set(random(random, ROWS * INPUTS));
      w.set(random(random, OUTPUTS * INPUTS));
      weights.rightTransposed(w.matrix(0, INPUTS), OUTPUTS, INPUTS);
    }

    Bfloat16Support of(Bfloat16Gemm gemm) {
      if (gemm.way() == Way.TILES) {
        Bfloat16Gemm vectors = new Bfloat16Gemm(Way.VECTORS);
        return areAlike(product(gemm), product(vectors))
            ? new Bfloat16Support(gemm, "")
            : timed(vectors);
      }
      return timed(gemm);
    }

    private Bfloat16Support timed(Bfloat16Gemm gemm) {
      long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
      BlasThreads.hold(
          () -> {
            for (int round = 0; round <= ROUNDS; round++) {
              long begin = System.nanoTime();
              single();
              long between = System.nanoTime();
              multiply(gemm);
              long end = System.nanoTime();
              if (round > 0) {
                least[0] = Math.min(least[0], between - begin);
                least[1] = Math.min(least[1], end - between);
              }
            }
          });
      double gain = (double) least[0] / least[1];
      return gain >= PAYS
          ? new Bfloat16Support(gemm, "")
          : new Bfloat16Support(
              null,
              String.format(
                  Locale.ROOT,
                  "products by this processor's %s take %.1f times those in float32",
                  gemm.way().flag(),
                  1 / gain));
    }

    private void single() {
      Gemm.timesTransposed(
          ROWS,
          OUTPUTS,
          INPUTS,
          1,
          x.matrix(0, INPUTS),
          w.matrix(0, INPUTS),
          0,
          z.matrix(0, OUTPUTS));
    }

    private void multiply(Bfloat16Gemm gemm) {
      rows.left(x.matrix(0, INPUTS), ROWS, INPUTS);
      gemm.product(rows, weights, false, z.matrix(0, OUTPUTS));
    }

    private float[] product(Bfloat16Gemm gemm) {
      multiply(gemm);
      return z.toHeap(ROWS * OUTPUTS);
    }

    private static boolean areAlike(float[] some, float[] others) {
      for (int i = 0; i < some.length; i++) {
        if (!(Math.abs(some[i] - others[i]) <= TOLERANCE * Math.max(1, Math.abs(others[i])))) {
          return false;
        }
      }
      return true;
    }

    private static float[] random(SplittableRandom random, int length) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      return values;
    }
  }
}
