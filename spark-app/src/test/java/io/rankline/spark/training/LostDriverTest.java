package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.ExecutorSpark;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A driver process that is killed in the middle of an epoch. */
@Tag("executors")
class LostDriverTest {

  private static final long POLL_MILLIS = 50;

  @TempDir Path folder;

  @Test
  @Timeout(180)
  @EnabledIfSystemProperty(named = "rankline.soak", matches = "true")
  void startedAgainItGoesOnFromItsCheckpointAndEndsAsIfNothingHadHappened() throws Exception {
    TrainingFiles.write(folder, 96, 3, 31);
    Process first = driver("killed", "never.txt");
    await(first, "killed/checkpoints/step-000000000030/state.json");
    List<ProcessHandle> executors = executors();
    assertThat(executors).hasSize(2).allMatch(ProcessHandle::isAlive);

    ExecutorSpark.signal("KILL", first.toHandle());
    long killed = System.nanoTime();
    for (ProcessHandle executor : executors) {
      executor.onExit().get(30, TimeUnit.SECONDS);
    }
    System.err.printf(
        "executors are gone %s after kill -9 of the driver%n",
        Duration.ofNanos(System.nanoTime() - killed));

    assertThat(folder.resolve("never.txt")).doesNotExist();
    finish(driver("killed", "resumed.txt"));
    finish(driver("whole", "whole.txt"));
    assertThat(folder.resolve("resumed.txt")).hasSameTextualContentAs(folder.resolve("whole.txt"));
    assertThat(folder.resolve("killed.log"))
        .content()
        .containsPattern("goes on from checkpoint step-0+(30|40|50)");
  }

  private Process driver(String modelDir, String digest) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String opens = System.getProperty("rankline.jvm.opens", "");
    command.addAll(List.of(opens.strip().split("\\s+")));
    command.add("-Drankline.jvm.opens=" + opens);
    command.add("-Drankline.log=info");
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DriverProcess.class.getName());
    command.addAll(
        List.of(
            folder.toString(),
            folder.resolve(modelDir).toString(),
            folder.resolve(digest).toString()));
    File log = folder.resolve(modelDir + ".log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log))
        .start();
  }

  private List<ProcessHandle> executors() throws IOException {
    return Files.readAllLines(folder.resolve("executors.txt")).stream()
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .flatMap(Optional::stream)
        .toList();
  }

  private void await(Process driver, String file) throws Exception {
    while (!Files.exists(folder.resolve(file))) {
      assertThat(driver.isAlive()).as("the driver at work on %s", file).isTrue();
      driver.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static void finish(Process driver) throws InterruptedException {
    assertThat(driver.waitFor(80, TimeUnit.SECONDS)).as("the driver ends").isTrue();
    assertThat(driver.exitValue()).isZero();
  }
}
