package io.rankline.model.benchmark;

/**
 * What a {@link StepBenchmark} measured.
 *
 * @param lists in a batch
 * @param rows valid items in a batch
 * @param step seconds of a training step
 * @param gemm seconds of the matrix products of a step by themselves
 * @param ratio of the two, measured one after the other
 * @param gemmOperations floating point operations of these products
 * @param peakOffHeap most bytes of resident memory outside of the Java heap
 * @param offHeapGrowth change of the same from the first timed step to the last
 * @param precision that the step multiplied in, and by what
 * @param blasKernel OpenBLAS's kernels
 * @param blasBuild OpenBLAS's version and build
 */
public record StepReport(
    int lists,
    int rows,
    Spread step,
    Spread gemm,
    Spread ratio,
    double gemmOperations,
    long peakOffHeap,
    long offHeapGrowth,
    String precision,
    String blasKernel,
    String blasBuild) {

  /** Lists a second. */
  public double listsPerSecond() {
    return lists / step.median();
  }

  /** Billions of floating point operations a second of the products by themselves. */
  public double gemmGigaflops() {
    return gemmOperations / gemm.median() / 1e9;
  }

  /** Share of a step that its products take at the speed they have by themselves. */
  public double gemmShare() {
    return 1 / ratio.median();
  }
}
