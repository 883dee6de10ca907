package io.rankline.model.kernel.bfloat16;

import io.rankline.model.kernel.Matrix;
import java.util.Optional;

/**
 * Products of matrices in bfloat16 with sums in float32, on the thread that calls.
 *
 * <p>A result has the same bits whatever thread computes it. Different ways round differently.
 */
public final class Bfloat16Gemm {

  private final Way way;

  Bfloat16Gemm(Way way) {
    this.way = way;
  }

  /**
   * The fastest products of this processor. Empty where it has neither AMX nor AVX512_BF16, and
   * where the jar was built without a C compiler, or with one that does not know them.
   */
  public static Optional<Bfloat16Gemm> find() {
    return Bfloat16Library.fastest().map(Bfloat16Gemm::new);
  }

  /** How they are computed. */
  public Way way() {
    return way;
  }

  /**
   * c = a b, or c + a b.
   *
   * @param a a left factor
   * @param b a right factor that sums over as much
   * @param adds whether the product is added to what c holds
   * @param c [rows of a, columns of b]
   */
  public void product(PackedMatrix a, PackedMatrix b, boolean adds, Matrix c) {
    if (a.isRight() || !b.isRight() || a.inner() != b.inner() || c.stride() < b.outer()) {
      throw new IllegalArgumentException(
          "a product needs a left and a right factor of one inner length, and a result that is as wide, got %s, %s and a stride of %s"
              .formatted(a.describe(), b.describe(), c.stride()));
    }
    Bfloat16Library.product(
        way,
        a.outer(),
        b.outer(),
        a.inner(),
        a.address(),
        b.address(),
        adds,
        c.address(),
        c.stride());
  }
}
