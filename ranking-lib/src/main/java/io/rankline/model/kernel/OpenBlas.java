package io.rankline.model.kernel;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of its kernels OpenBLAS runs. It chooses by the processor's model when it is loaded, and
 * takes an older one for processors that it does not know; the environment variable {@code
 * OPENBLAS_CORETYPE}, set before the JVM starts, makes it take another.
 */
public final class OpenBlas {

  private static final Logger log = LoggerFactory.getLogger(OpenBlas.class);
  private static final AtomicBoolean LOGGED = new AtomicBoolean();

  private OpenBlas() {}

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

  /** Calls a function that JavaCPP's bindings leave out. */
  private static String ask(String name) {
    Loader.load(openblas_nolapack.class);
    org.bytedeco.javacpp.Pointer function = Loader.addressof(name);
    if (function == null || function.isNull()) {
      return "unknown";
    }
    return Function.getFunction(new Pointer(function.address())).invokeString(new Object[0], false);
  }
}
