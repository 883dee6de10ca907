package io.rankline.model.kernel;

import io.rankline.model.NetworkFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.nd4j.linalg.factory.Nd4j;

/** A program that prints which kernels OpenBLAS computes with after a network was read. */
final class KernelOfNetwork {

  private KernelOfNetwork() {}

  public static void main(String[] arguments) throws Exception {
    Path network =
        Path.of(
            Objects.requireNonNull(
                    KernelOfNetwork.class.getResource("/golden/model-v2/network.zip"))
                .toURI());
    NetworkFile.read(Files.readAllBytes(network));
    Nd4j.ones(2, 2).mmul(Nd4j.ones(2, 2));
    System.out.println(OpenBlas.kernel());
  }
}
