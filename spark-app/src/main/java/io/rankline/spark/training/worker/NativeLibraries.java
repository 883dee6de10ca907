package io.rankline.spark.training.worker;

import io.rankline.model.layer.trained.TrainingPrecision;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/** What computes on a worker: workers that differ in it would drift apart. */
final class NativeLibraries {

  private NativeLibraries() {}

  /** Of this process, in a training of that precision. */
  static String here(TrainingPrecision precision) {
    return "products in %s, %s of ND4J %s on %s %s"
        .formatted(
            precision.here(),
            Nd4j.getBackend().getClass().getSimpleName(),
            Nd4j.class.getPackage().getImplementationVersion(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  /**
   * What differs between workers.
   *
   * @param libraries of each rank
   * @param hosts of each rank
   * @return empty where all are alike
   */
  static String differences(List<String> libraries, List<String> hosts) {
    List<String> unlike = new ArrayList<>();
    for (int rank = 1; rank < libraries.size(); rank++) {
      if (!libraries.get(rank).equals(libraries.get(0))) {
        unlike.add("%s has %s".formatted(hosts.get(rank), libraries.get(rank)));
      }
    }
    return unlike.isEmpty()
        ? ""
        : "all executors must compute with the same native libraries and precision; %s has %s, but %s; ship the same jars to all of them, and leave precision at float32 where their processors differ"
            .formatted(hosts.get(0), libraries.get(0), String.join(", ", unlike));
  }
}
