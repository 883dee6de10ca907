package io.rankline.model.kernel;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes OpenBLAS take the kernels that fit the processor. The release that ND4J brings goes by the
 * processor's model, and for models that it does not know it may take kernels for SSE3
 * ("Prescott"), three to five times slower than those for AVX-512.
 */
final class KernelChoice {

  static final String VARIABLE = "OPENBLAS_CORETYPE";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Set<String> AVX512 =
      Set.of("avx512f", "avx512cd", "avx512dq", "avx512bw", "avx512vl");
  private static final Set<String> AVX2 = Set.of("avx2", "fma");

  private KernelChoice() {}

  /** The kernels for a processor; empty to leave it to OpenBLAS. */
  static Optional<String> of(List<String> cpuinfo) {
    Set<String> flags = new HashSet<>(Arrays.asList(field(cpuinfo, "flags").split(" ")));
    if (flags.containsAll(AVX512)) {
      return Optional.of("SkylakeX");
    }
    // AMD's models with AVX2 alone are all known to it.
    return flags.containsAll(AVX2) && field(cpuinfo, "vendor_id").equals("GenuineIntel")
        ? Optional.of("Haswell")
        : Optional.empty();
  }

  /**
   * Sets the variable in the environment of this process, unless it is set. Works as long as
   * OpenBLAS has not been loaded.
   */
  static void set() {
    if (!Platform.isLinux() || System.getenv(VARIABLE) != null || !Files.isReadable(PROCESSORS)) {
      return;
    }
    try {
      of(Files.readAllLines(PROCESSORS))
          .ifPresent(
              kernel ->
                  NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
                      .getFunction("setenv")
                      .invokeInt(new Object[] {VARIABLE, kernel, 0}));
    } catch (IOException e) {
      // OpenBLAS chooses, as before; the log says which kernels run.
    }
  }

  /** The value of a field of the first processor. */
  private static String field(List<String> cpuinfo, String name) {
    return cpuinfo.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }
}
