package io.rankline.model.kernel.packed;

import io.rankline.compiled.CompiledCode;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.Precision;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What this process multiplies with in training. Float32: where the processor has AVX-512;
 * elsewhere OpenBLAS is as good. bfloat16: where it has AMX, and where it has AVX512_BF16 and a
 * short trial says that this is faster than float32. On AMD's Zen 5 it takes half of the time, on
 * some of Intel's processors it takes longer.
 *
 * @param bfloat16 products in bfloat16; null where there are none, or slow ones
 * @param reason why there are none in bfloat16; empty where there are
 */
public record PackedProducts(@Nullable PackedGemm bfloat16, String reason) {

  private static final PackedProducts NOT_WANTED =
      new PackedProducts(
          null, "the system property " + CompiledCode.PROPERTY + " turns compiled arithmetic off");

  /** What float32 takes has to be more than bfloat16 takes by this. */
  private static final double PAYS = 1.2;

  /** Sizes of the trial: 35 million multiplications. */
  private static final int ROWS = 256;

  private static final int INPUTS = 512;
  private static final int OUTPUTS = 256;
  private static final int ROUNDS = 9;

  /** By which tiles and vectors may differ: they sum in other orders. */
  private static final float TOLERANCE = 1e-3f;

  /** Of this process. The first call takes some 10 ms. */
  public static PackedProducts here() {
    return CompiledCode.isWanted() ? Tried.HERE : NOT_WANTED;
  }

  /**
   * Products in a precision, in float32 where this process has no others; null for OpenBLAS. Only
   * who asks for bfloat16 pays for its trial.
   */
  public static @Nullable PackedGemm in(Precision precision) {
    PackedGemm found = precision == Precision.MIXED_BFLOAT16 ? here().bfloat16() : null;
    return found != null || !CompiledCode.isWanted() ? found : Floats.GEMM;
  }

  private static final class Floats {
    static final @Nullable PackedGemm GEMM =
        ProductsLibrary.fastest().isPresent() ? new PackedGemm(Way.FLOATS) : null;
  }

  private static final class Tried {
    static final PackedProducts HERE =
        ProductsLibrary.fastest()
            .filter(Way::isBfloat16)
            .map(fastest -> new Trial().of(fastest))
            .orElseGet(
                () ->
                    new PackedProducts(
                        null,
                        "it takes a Linux processor with amx_bf16 or avx512_bf16, and a jar that"
                            + " was built with a C compiler that knows them"));
  }

  /** A forward product, with its rows packed for it. */
  private static final class Trial {

    private final NativeFloats x;
    private final NativeFloats w;
    private final NativeFloats z = NativeFloats.room(ROWS * OUTPUTS);
    private final PackedMatrix rows = new PackedMatrix();

    Trial() {
      SplittableRandom random = new SplittableRandom(1);
      x = NativeFloats.of(random(random, ROWS * INPUTS));
      w = NativeFloats.of(random(random, OUTPUTS * INPUTS));
    }

    PackedProducts of(Way fastest) {
      PackedGemm vectors = new PackedGemm(Way.VECTORS);
      if (fastest == Way.TILES) {
        PackedGemm tiles = new PackedGemm(Way.TILES);
        if (areAlike(product(tiles), product(vectors))) {
          return new PackedProducts(tiles, "");
        }
      }
      double gain = (double) leastNanos(new PackedGemm(Way.FLOATS)) / leastNanos(vectors);
      return gain >= PAYS
          ? new PackedProducts(vectors, "")
          : new PackedProducts(
              null,
              String.format(
                  Locale.ROOT,
                  "products by this processor's %s take %.1f times those in float32",
                  vectors.way().flag(),
                  1 / gain));
    }

    private long leastNanos(PackedGemm gemm) {
      PackedMatrix weights = weights(gemm);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        multiply(gemm, weights);
        least = Math.min(least, System.nanoTime() - begin);
      }
      return least;
    }

    private float[] product(PackedGemm gemm) {
      multiply(gemm, weights(gemm));
      return z.toHeap(ROWS * OUTPUTS);
    }

    private PackedMatrix weights(PackedGemm gemm) {
      PackedMatrix weights = new PackedMatrix();
      weights.rightTransposed(gemm, w.matrix(0, INPUTS), OUTPUTS, INPUTS);
      return weights;
    }

    private void multiply(PackedGemm gemm, PackedMatrix weights) {
      rows.left(gemm, x.matrix(0, INPUTS), ROWS, INPUTS);
      gemm.product(rows, weights, false, z.matrix(0, OUTPUTS));
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
