package io.rankline.spark.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StopNoticeTest {

  @Test
  void whoStopsATrainingIsToldHowItGoesOn() throws Exception {
    Process training = start("waits");
    BufferedReader said = training.errorReader();
    assertThat(said.readLine()).isEqualTo("begun");

    new ProcessBuilder("kill", "-TERM", Long.toString(training.pid())).start().waitFor();

    assertThat(said.lines())
        .containsExactly(
            "",
            "rankline: stopped; the same command goes on from the last checkpoint in models/a, or"
                + " begins where there is none");
    assertThat(training.waitFor()).isEqualTo(128 + 15);
  }

  @Test
  void aTrainingThatEndsSaysNothing() throws Exception {
    Process training = start("ends");

    assertThat(training.errorReader().lines()).containsExactly("begun");
    assertThat(training.waitFor()).isZero();
  }

  private static Process start(String how) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Training.class.getName(),
            how)
        .start();
  }

  /** A training, seen from outside. */
  static final class Training {

    private Training() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
      StopNotice.during(
          System.err,
          "models/a",
          () -> {
            System.err.println("begun");
            if (args[0].equals("waits")) {
              Thread.sleep(60_000);
            }
            return null;
          });
    }
  }
}
