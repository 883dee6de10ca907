package io.rankline.model.kernel.bfloat16;

import com.sun.jna.Native;
import io.rankline.compiled.CompiledCode;
import java.util.Optional;

/** The functions of {@code bfloat16.c}. Pointers are addresses; nothing is checked here. */
final class Bfloat16Library {

  /** Of what both sides say to each other; {@code bfloat16.c} has the same. */
  private static final int VERSION = 1;

  private Bfloat16Library() {}

  /** The fastest way of this processor; empty where there is none, or no library. */
  static Optional<Way> fastest() {
    return CompiledCode.isWanted() ? Loaded.WAY : Optional.empty();
  }

  /** Numbers of 32 bits that a packed factor takes. */
  static long packedLength(long rows, long columns) {
    return Functions.rankline_packed_length(rows, columns);
  }

  static void packRows(long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_rows(x, stride, rows, columns, packed);
  }

  static void packRowsTurned(long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_rows_turned(x, stride, rows, columns, packed);
  }

  static void packPanels(long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_panels(x, stride, rows, columns, packed);
  }

  static void packPanelsTurned(long x, long stride, long rows, long columns, long packed) {
    Functions.rankline_pack_panels_turned(x, stride, rows, columns, packed);
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
                "products in float32",
                VERSION,
                () -> Functions.rankline_version(),
                () -> Functions.rankline_way())
            .map(Way::ofCode);
  }

  /** The functions under their names in C. */
  @SuppressWarnings("checkstyle:MethodName")
  private static final class Functions {

    static {
      Native.register(Functions.class, "rankline_bfloat16");
    }

    private Functions() {}

    static native int rankline_version();

    static native int rankline_way();

    static native long rankline_packed_length(long rows, long columns);

    static native void rankline_pack_rows(
        long x, long stride, long rows, long columns, long packed);

    static native void rankline_pack_rows_turned(
        long x, long stride, long rows, long columns, long packed);

    static native void rankline_pack_panels(
        long x, long stride, long rows, long columns, long packed);

    static native void rankline_pack_panels_turned(
        long x, long stride, long rows, long columns, long packed);

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
