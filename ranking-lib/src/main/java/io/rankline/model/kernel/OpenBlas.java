package io.rankline.model.kernel;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of its kernels OpenBLAS runs, and on how many threads. The environment variable {@code
 * OPENBLAS_CORETYPE}, set before the JVM starts, makes it take others than {@link #fitKernels}
 * chooses.
 */
public final class OpenBlas {

  private static final Logger log = LoggerFactory.getLogger(OpenBlas.class);
  private static final AtomicBoolean CHOSEN = new AtomicBoolean();
  private static final AtomicBoolean LOGGED = new AtomicBoolean();

  private OpenBlas() {}

  /**
   * Chooses kernels that fit the processor, before OpenBLAS is loaded; afterwards it has no effect.
   * Models do this themselves. A program that uses ND4J before it makes a model may call it first.
   */
  public static void fitKernels() {
    if (CHOSEN.compareAndSet(false, true)) {
      KernelChoice.set();
    }
  }

  /** Name of the kernels, as {@code SkylakeX} (AVX-512) or {@code Haswell} (AVX2). */
  public static String kernel() {
    return ask("openblas_get_corename");
  }

  /** Version and build options. */
  public static String build() {
    return ask("openblas_get_config").strip();
  }

  /** Says once in the log which kernels run. */
  public static void logKernel() {
    if (LOGGED.compareAndSet(false, true)) {
      log.info("OpenBLAS computes with its {} kernels on {} threads", kernel(), RowThreads.count());
    }
  }

  /** Threads that a call of OpenBLAS runs on. */
  public static int threads() {
    Function get = Threads.GET;
    return get == null ? openblas_nolapack.blas_get_num_threads() : get.invokeInt(new Object[0]);
  }

  /** Sets the threads of all calls from now on, those of ND4J included. */
  public static void setThreads(int threads) {
    Function set = Threads.SET;
    if (set == null) {
      openblas_nolapack.blas_set_num_threads(threads);
    } else {
      set.invokeVoid(new Object[] {threads});
    }
  }

  private static String ask(String name) {
    Function function = function(name);
    return function == null ? "unknown" : function.invokeString(new Object[0], false);
  }

  /** A function that JavaCPP's bindings leave out; null where another library is behind them. */
  private static @Nullable Function function(String name) {
    fitKernels();
    Loader.load(openblas_nolapack.class);
    org.bytedeco.javacpp.Pointer address = Loader.addressof(name);
    return address == null || address.isNull()
        ? null
        : Function.getFunction(new Pointer(address.address()));
  }

  /** Found once: JavaCPP's own blas_set_num_threads looks for four names in every call. */
  private static final class Threads {
    static final @Nullable Function GET = function("openblas_get_num_threads");
    static final @Nullable Function SET = function("openblas_set_num_threads");
  }
}
