package io.rankline.frozen.compiled;

import com.sun.jna.Native;
import io.rankline.compiled.CompiledCode;
import java.util.Optional;

/**
 * The functions of {@code rows.c}, which the build compiles where it finds a C compiler and puts
 * into the jar. Pointers are addresses; nothing is checked here.
 */
final class RowsLibrary {

  /** Of what both sides say to each other; {@code rows.c} has the same. */
  private static final int VERSION = 1;

  private final int vectorBits;
  private final int panel;

  private RowsLibrary(int vectorBits, int panel) {
    this.vectorBits = vectorBits;
    this.panel = panel;
  }

  /** The library; empty where there is none for this machine. */
  static Optional<RowsLibrary> find() {
    return Loaded.LIBRARY;
  }

  /** Bits of the vectors it computes in. */
  int vectorBits() {
    return vectorBits;
  }

  /** The same in narrower vectors. */
  RowsLibrary withVectorBits(int bits) {
    return new RowsLibrary(Math.min(bits, vectorBits), panel);
  }

  /** Number of columns that stand together in packed weights. */
  int panel() {
    return panel;
  }

  /** Multiplies rows by packed weights; see {@code rankline_dense}. */
  void dense(
      long x,
      long strideIn,
      long rows,
      long inputs,
      long weights,
      long bias,
      long panels,
      boolean isRectified,
      long out,
      long strideOut) {
    Functions.rankline_dense(
        vectorBits,
        x,
        strideIn,
        rows,
        inputs,
        weights,
        bias,
        panels,
        isRectified ? 1 : 0,
        out,
        strideOut);
  }

  /** Loaded when it is first asked for. */
  private static final class Loaded {

    static final Optional<RowsLibrary> LIBRARY =
        CompiledCode.vectorBits(
                "scores",
                VERSION,
                () -> Functions.rankline_version(),
                () -> Functions.rankline_vector_bits())
            .map(bits -> new RowsLibrary(bits, Functions.rankline_panel()));
  }

  /** The functions under their names in C. */
  @SuppressWarnings("checkstyle:MethodName")
  private static final class Functions {

    static {
      Native.register(Functions.class, "rankline_rows");
    }

    private Functions() {}

    static native int rankline_version();

    static native int rankline_panel();

    static native int rankline_vector_bits();

    static native void rankline_dense(
        int bits,
        long x,
        long strideIn,
        long rows,
        long inputs,
        long weights,
        long bias,
        long panels,
        int isRectified,
        long out,
        long strideOut);
  }
}
