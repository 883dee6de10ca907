package io.rankline.model.layer;

import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

/**
 * Keeps BLAS to the thread that calls it while several threads of ours call it.
 *
 * <p>Otherwise every small product would be spread over all cores, one product at a time.
 */
final class SingleThreadBlas {

  private static final Object LOCK = new Object();
  private static int users;
  private static int threadsBefore;

  private SingleThreadBlas() {}

  static void run(Runnable task) {
    synchronized (LOCK) {
      if (users++ == 0) {
        threadsBefore = blas_get_num_threads();
        blas_set_num_threads(1);
      }
    }
    try {
      task.run();
    } finally {
      synchronized (LOCK) {
        if (--users == 0) {
          blas_set_num_threads(threadsBefore);
        }
      }
    }
  }
}
