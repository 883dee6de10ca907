package io.rankline.testing;

import io.rankline.model.kernel.OpenBlas;
import org.junit.jupiter.api.extension.Extension;

/**
 * Lets OpenBLAS take the kernels that it has in every process that begins with a model, also where
 * a test begins with arrays: the bits of processes are compared. JUnit finds it by itself.
 */
public final class FittingKernels implements Extension {

  /** Before the first test. */
  public FittingKernels() {
    OpenBlas.fitKernels();
  }
}
