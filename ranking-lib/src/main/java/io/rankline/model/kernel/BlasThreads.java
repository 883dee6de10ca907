package io.rankline.model.kernel;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Holds OpenBLAS to one thread while blocks call it from theirs. Several blocks may run at a time
 * in a JVM; the last to leave restores the number that the first one found, for ND4J's own calls.
 */
final class BlasThreads {

  private static int inside;
  private static int before;

  private BlasThreads() {}

  static synchronized void enter() {
    if (inside++ == 0) {
      before = openblas_nolapack.blas_get_num_threads();
      openblas_nolapack.blas_set_num_threads(1);
    }
  }

  static synchronized void leave() {
    if (--inside == 0) {
      openblas_nolapack.blas_set_num_threads(before);
    }
  }
}
