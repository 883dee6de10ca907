package io.rankline.model.kernel.bfloat16;

import io.rankline.model.kernel.Matrix;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * A factor of a product in bfloat16, in the order in which the product reads it. Its memory is
 * outside of the heap, grows to the largest factor, and is used again by the next one. Not safe for
 * several threads at once.
 *
 * <p>A float is rounded to the nearest bfloat16, ties to even; subnormal ones count as 0.
 */
public final class PackedMatrix {

  private @Nullable IntPointer memory;

  /** Rows of a left factor, columns of a right one. */
  private long outer;

  /** What a product sums over. */
  private long inner;

  /** Which side of a product it is for. */
  private boolean right;

  /** A factor to come. */
  public PackedMatrix() {}

  /** Becomes the left factor x, of [rows, columns]. */
  public void left(Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(rows, columns, false);
    Bfloat16Library.packRows(x.address(), x.stride(), rows, columns, address());
  }

  /** Becomes the left factor x', for an x of [rows, columns]. */
  public void leftTransposed(Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(columns, rows, false);
    Bfloat16Library.packRowsTurned(x.address(), x.stride(), rows, columns, address());
  }

  /** Becomes the right factor x, of [rows, columns]. */
  public void right(Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(columns, rows, true);
    Bfloat16Library.packPanels(x.address(), x.stride(), rows, columns, address());
  }

  /** Becomes the right factor x', for an x of [rows, columns]. */
  public void rightTransposed(Matrix x, int rows, int columns) {
    check(x, rows, columns);
    room(rows, columns, true);
    Bfloat16Library.packPanelsTurned(x.address(), x.stride(), rows, columns, address());
  }

  /** What a product sums over. */
  long inner() {
    return inner;
  }

  /** Rows of the result for a left factor, columns of it for a right one. */
  long outer() {
    return outer;
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

  private void room(long outer, long inner, boolean right) {
    long length = Bfloat16Library.packedLength(outer, inner);
    IntPointer here = memory;
    if (here == null || here.capacity() < length) {
      if (here != null) {
        here.close();
      }
      memory = new IntPointer(length);
    }
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
