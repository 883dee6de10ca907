package io.rankline.model.kernel.packed;

import io.rankline.model.kernel.Matrix;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * A factor of a product, in the order in which the product reads it. Its memory is outside of the
 * heap, grows to the largest factor, and is used again by the next one. Not safe for several
 * threads at once.
 *
 * <p>For bfloat16 a float is rounded to the nearest one, ties to even; subnormal ones count as 0.
 */
public final class PackedMatrix {

  private @Nullable IntPointer memory;

  /** Rows of a left factor, columns of a right one. */
  private long outer;

  /** What a product sums over. */
  private long inner;

  /** Which side of a product it is for. */
  private boolean right;

  /** What it is packed in, if not float32. */
  private boolean bfloat16;

  /** A factor to come. */
  public PackedMatrix() {}

  /** Becomes the left factor x, of [rows, columns]. */
  public void left(PackedGemm gemm, Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(gemm.way(), rows, columns, false);
    ProductsLibrary.packRows(gemm.way(), x.address(), x.stride(), rows, columns, address());
  }

  /** Becomes the left factor x', for an x of [rows, columns]. */
  public void leftTransposed(PackedGemm gemm, Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(gemm.way(), columns, rows, false);
    ProductsLibrary.packRowsTurned(gemm.way(), x.address(), x.stride(), rows, columns, address());
  }

  /** Becomes the right factor x, of [rows, columns]. */
  public void right(PackedGemm gemm, Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(gemm.way(), columns, rows, true);
    ProductsLibrary.packPanels(gemm.way(), x.address(), x.stride(), rows, columns, address());
  }

  /** Becomes the right factor x', for an x of [rows, columns]. */
  public void rightTransposed(PackedGemm gemm, Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(gemm.way(), rows, columns, true);
    ProductsLibrary.packPanelsTurned(gemm.way(), x.address(), x.stride(), rows, columns, address());
  }

  /** What a product sums over. */
  long inner() {
    return inner;
  }

  /** Rows of the result for a left factor, columns of it for a right one. */
  long outer() {
    return outer;
  }

  boolean isBfloat16() {
    return bfloat16;
  }

  boolean isRight() {
    return right;
  }

  /** For messages. */
  String describe() {
    return right
        ? "right [%s, %s]".formatted(inner, outer)
        : "left [%s, %s]".formatted(outer, inner);
  }

  long address() {
    IntPointer here = memory;
    if (here == null) {
      throw new IllegalStateException("a factor has to be packed before it is multiplied");
    }
    return here.address();
  }

  private void room(Way way, long outer, long inner, boolean right) {
    long length = ProductsLibrary.packedLength(way, outer, inner);
    IntPointer here = memory;
    if (here == null || here.capacity() < length) {
      if (here != null) {
        here.close();
      }
      memory = new IntPointer(length);
    }
    this.bfloat16 = way.isBfloat16();
    this.outer = outer;
    this.inner = inner;
    this.right = right;
  }

  private static void check(Matrix x, int rows, int columns) {
    if (rows < 1 || columns < 1 || x.stride() < columns) {
      throw new IllegalArgumentException(
          "a factor must have 1 row and column or more, and no more columns than its stride, got %s rows, %s columns and a stride of %s"
              .formatted(rows, columns, x.stride()));
    }
  }
}
