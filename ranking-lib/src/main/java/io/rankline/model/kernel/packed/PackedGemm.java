package io.rankline.model.kernel.packed;

import io.rankline.model.kernel.Matrix;

/**
 * Products of matrices in float32, or in bfloat16 with sums in float32, on the thread that calls.
 *
 * <p>A result has the same bits whatever thread computes it. Different ways round differently.
 */
public final class PackedGemm {

  private final Way way;

  PackedGemm(Way way) {
    this.way = way;
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
    if (a.isRight()
        || !b.isRight()
        || a.isBfloat16() != way.isBfloat16()
        || b.isBfloat16() != way.isBfloat16()
        || a.inner() != b.inner()
        || c.stride() < b.outer()) {
      throw new IllegalArgumentException(
          "a product needs a left and a right factor of one inner length, packed for it, and a result that is as wide, got %s, %s and a stride of %s"
              .formatted(a.describe(), b.describe(), c.stride()));
    }
    ProductsLibrary.product(
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
