package io.rankline.loss.smooth;

import com.sun.jna.Native;
import io.rankline.compiled.CompiledCode;
import java.util.Optional;

/** The functions of {@code sinkhorn.c}. Pointers are addresses; nothing is checked here. */
final class SinkhornLibrary {

  /** Of what both sides say to each other; {@code sinkhorn.c} has the same. */
  private static final int VERSION = 2;

  private final int vectorBits;

  private SinkhornLibrary(int vectorBits) {
    this.vectorBits = vectorBits;
  }

  /** The library; empty where there is none for this machine. */
  static Optional<SinkhornLibrary> find() {
    return CompiledCode.isWanted() ? Loaded.LIBRARY : Optional.empty();
  }

  /** Bits of the vectors it computes in. */
  int vectorBits() {
    return vectorBits;
  }

  /** The same in narrower vectors. */
  SinkhornLibrary withVectorBits(int bits) {
    return new SinkhornLibrary(Math.min(bits, vectorBits));
  }

  /**
   * Returns the number of iterations.
   *
   * @param byPowers 1 where only the first row of a group is there, and powers; else 0
   */
  int forward(
      long memory,
      long band,
      long n,
      long stride,
      long mostIterations,
      int byPowers,
      double tolerance) {
    return Functions.rankline_sinkhorn_forward(
        vectorBits, memory, band, n, stride, mostIterations, byPowers, tolerance);
  }

  double bilinear(
      long memory,
      long band,
      long n,
      long stride,
      long mostIterations,
      int byPowers,
      long iterations) {
    return Functions.rankline_sinkhorn_bilinear(
        vectorBits, memory, band, n, stride, mostIterations, byPowers, iterations);
  }

  void backward(
      long memory,
      long band,
      long n,
      long stride,
      long mostIterations,
      int byPowers,
      long iterations) {
    Functions.rankline_sinkhorn_backward(
        vectorBits, memory, band, n, stride, mostIterations, byPowers, iterations);
  }

  /** Loaded when it is first asked for. */
  private static final class Loaded {

    static final Optional<SinkhornLibrary> LIBRARY =
        CompiledCode.vectorBits(
                "neural_ndcg_loss",
                VERSION,
                () -> Functions.rankline_version(),
                () -> Functions.rankline_vector_bits())
            .map(SinkhornLibrary::new);
  }

  /** The functions under their names in C. */
  @SuppressWarnings("checkstyle:MethodName")
  private static final class Functions {

    static {
      Native.register(Functions.class, "rankline_sinkhorn");
    }

    private Functions() {}

    static native int rankline_version();

    static native int rankline_vector_bits();

    static native int rankline_sinkhorn_forward(
        int bits,
        long memory,
        long band,
        long n,
        long stride,
        long mostIterations,
        int byPowers,
        double tolerance);

    static native double rankline_sinkhorn_bilinear(
        int bits,
        long memory,
        long band,
        long n,
        long stride,
        long mostIterations,
        int byPowers,
        long iterations);

    static native void rankline_sinkhorn_backward(
        int bits,
        long memory,
        long band,
        long n,
        long stride,
        long mostIterations,
        int byPowers,
        long iterations);
  }
}
