package io.rankline.model.kernel.packed;

import com.sun.jna.Native;
import io.rankline.compiled.CompiledCode;
import java.util.Optional;

/** The functions of {@code products.c}. Pointers are addresses; nothing is checked here. */
final class ProductsLibrary {

  /** Of what both sides say to each other; {@code products.c} has the same. */
  private static final int VERSION = 1;

  private ProductsLibrary() {}

  /**
   * The fastest way in bfloat16 of this processor, or that of floats; empty where it has none of
   * them, or there is no library.
   */
  static Optional<Way> fastest() {
    return CompiledCode.isWanted() ? Loaded.WAY : Optional.empty();
  }

  /** Numbers of 32 bits that a packed factor takes. */
  static long packedLength(Way way, long rows, long numbers) {
    return Functions.rankline_packed_length(way.code(), rows, numbers);
  }

  static void packRows(Way way, long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_rows(way.code(), x, stride, rows, columns, packed);
  }

  static void packRowsTurned(Way way, long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_rows_turned(way.code(), x, stride, rows, columns, packed);
  }

  static void packPanels(Way way, long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_panels(way.code(), x, stride, rows, columns, packed);
  }

  static void packPanelsTurned(Way way, long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_panels_turned(way.code(), x, stride, rows, columns, packed);
  }

  static void product(
      Way way,
      long rows,
      long columns,
      long inner,
      long a,
      long b,
      boolean adds,
      long c,
      long stride) {
    Functions.rankline_product(way.code(), rows, columns, inner, a, b, adds ? 1 : 0, c, stride);
  }

  /** Loaded when it is first asked for. */
  private static final class Loaded {

    static final Optional<Way> WAY =
        CompiledCode.ability(
                "products by OpenBLAS",
                VERSION,
                () -> Functions.rankline_version(),
                () -> Functions.rankline_way())
            .map(Way::ofCode);
  }

  /** The functions under their names in C. */
  @SuppressWarnings("checkstyle:MethodName")
  private static final class Functions {

    static {
      Native.register(Functions.class, "rankline_products");
    }

    private Functions() {}

    static native int rankline_version();

    static native int rankline_way();

    static native long rankline_packed_length(int way, long rows, long numbers);

    static native void rankline_pack_rows(
        int way, long x, long stride, long rows, long columns, long packed);

    static native void rankline_pack_rows_turned(
        int way, long x, long stride, long rows, long columns, long packed);

    static native void rankline_pack_panels(
        int way, long x, long stride, long rows, long columns, long packed);

    static native void rankline_pack_panels_turned(
        int way, long x, long stride, long rows, long columns, long packed);

    static native void rankline_product(
        int way,
        long rows,
        long columns,
        long inner,
        long a,
        long b,
        int adds,
        long c,
        long stride);
  }
}
