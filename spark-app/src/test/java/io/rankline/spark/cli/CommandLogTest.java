package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log of commands makes of what Spark says on Kubernetes. */
class CommandLogTest {

  private static final Path SETTINGS = Path.of("src", "main", "resources", "log4j2.properties");

  @Test
  void aQuotaIsToldInALineWithTheReasonAndNotAgainEverySecond() throws Exception {
    List<String> told =
        told(
            "org.apache.spark.scheduler.cluster.k8s.ExecutorPodsSnapshotsStoreImpl",
            "Exception when notifying snapshot subscriber.",
            "pods \"e-2\" is forbidden: exceeded quota: pods=1");

    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .matches(
            "[0-9:]{8} ERROR ExecutorPodsSnapshotsStoreImpl: Exception when notifying snapshot"
                + " subscriber. pods \"e-2\" is forbidden: exceeded quota: pods=1");
  }

  @Test
  void anEventOfAWatchThatHasEndedIsNotTold() throws Exception {
    List<String> told =
        told(
            "io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager",
            "Unhandled exception encountered in watcher event handler",
            "rejected");

    assertThat(told).isEmpty();
  }

  private static List<String> told(String logger, String words, String reason)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile=" + SETTINGS,
                "-cp",
                System.getProperty("java.class.path"),
                Speaker.class.getName(),
                logger,
                words,
                reason)
            .redirectErrorStream(true)
            .start();
    List<String> told = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", told)).isZero();
    return told;
  }

  /** Says an error three times. */
  static final class Speaker {

    private Speaker() {}

    /** Takes the logger, the words and the reason. */
    public static void main(String[] args) {
      for (int k = 0; k < 3; k++) {
        LoggerFactory.getLogger(args[0]).error(args[1], new IllegalStateException(args[2]));
      }
    }
  }
}
