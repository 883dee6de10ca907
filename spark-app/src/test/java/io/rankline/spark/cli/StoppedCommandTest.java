package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.util.ShutdownHookManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StoppedCommandTest {

  /** By SIGTERM: what a shell runs in the background ignores SIGINT, and so do its children. */
  @Test
  @Timeout(120)
  void aCommandThatIsStoppedDoesNotTellWhatBrokeUnderIt() throws Exception {
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BreaksWhenStopped.class.getName())
            .start();
    BufferedReader said = command.errorReader();
    assertThat(said.readLine()).isEqualTo("rankline: before the stop");

    new ProcessBuilder("kill", "-TERM", Long.toString(command.pid())).start().waitFor();

    assertThat(said.lines()).containsExactly("status 1");
    assertThat(command.waitFor()).isEqualTo(128 + 15);
  }

  /** A command that fails once before and once because its JVM is stopped, as Spark's jobs do. */
  static final class BreaksWhenStopped {

    private BreaksWhenStopped() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
      CountDownLatch stopped = new CountDownLatch(1);
      Thread command = Thread.currentThread();
      ShutdownHookManager.get()
          .addShutdownHook(
              () -> {
                stopped.countDown();
                try {
                  command.join();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              1);
      FaultReport faults = new FaultReport(() -> false);
      faults.failed(new RankingApp().commandLine(), new IllegalStateException("before the stop"));
      stopped.await();
      int status =
          faults.failed(
              new RankingApp().commandLine(), new IllegalStateException("Spark is stopped"));
      System.err.println("status " + status);
    }
  }
}
