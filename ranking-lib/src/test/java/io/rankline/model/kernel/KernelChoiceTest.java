package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kernels OpenBLAS takes on which processor. */
class KernelChoiceTest {

  private static final String AVX512 = "avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl";

  @ParameterizedTest
  @CsvSource({
    "GenuineIntel, " + AVX512 + ", SkylakeX",
    "AuthenticAMD, " + AVX512 + ", SkylakeX",
    "GenuineIntel, avx2 fma avx512f avx512cd avx512er, Haswell",
    "GenuineIntel, avx avx2 fma, Haswell",
    "AuthenticAMD, avx avx2 fma, ",
    "GenuineIntel, sse2 ssse3, ",
  })
  void kernelsGoByWhatTheProcessorCan(String vendor, String flags, String kernel) {
    List<String> cpuinfo =
        List.of(
            "processor\t: 0", "vendor_id\t: " + vendor, "flags\t\t: fpu " + flags + " rep_good");

    assertThat(KernelChoice.of(cpuinfo)).isEqualTo(Optional.ofNullable(kernel));
  }

  @Test
  void aProcessorThatTellsNothingIsLeftToOpenBlas() {
    assertThat(KernelChoice.of(List.of())).isEmpty();
    assertThat(KernelChoice.of(List.of("Processor\t: AArch64"))).isEmpty();
  }

  @Test
  void aJvmThatReadsANetworkComputesWithThem() throws IOException, InterruptedException {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    assumeTrue(Files.isReadable(cpuinfo), "no /proc/cpuinfo");
    Optional<String> fitting = KernelChoice.of(Files.readAllLines(cpuinfo));
    assumeTrue(fitting.isPresent(), "OpenBLAS is left to itself on this processor");

    assertThat(kernelOfAnotherJvm(Optional.empty())).isEqualTo(fitting.orElseThrow());
    assertThat(kernelOfAnotherJvm(Optional.of("Nehalem"))).isEqualTo("Nehalem");
  }

  private static String kernelOfAnotherJvm(Optional<String> asked)
      throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KernelOfNetwork.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    java.environment().remove(KernelChoice.VARIABLE);
    asked.ifPresent(kernel -> java.environment().put(KernelChoice.VARIABLE, kernel));
    Process process = java.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip().substring(out.strip().lastIndexOf('\n') + 1);
  }
}
