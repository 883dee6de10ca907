package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.testing.LoggedLines;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver process that is killed in the middle of an epoch. */
@Tag("executors")
class LostDriverTest {

  private static final long POLL_MILLIS = 10;
  private static final long CHECKPOINT_STEPS = 10;

  @TempDir Path folder;

  @Test
  @Timeout(420)
  void startedAgainItGoesOnFromItsCheckpointAndEndsAsIfNothingHadHappened() throws Exception {
    TrainingFiles files = TrainingFiles.write(folder, 96, 3, 31);
    StepsTaken steps = new StepsTaken(folder.resolve("killed-steps"));
    Process first = driver("never.txt");
    // In the middle of steps 11 to 20, so that some of them are lost.
    await(
        first,
        () ->
            Files.exists(folder.resolve("killed/checkpoints/step-000000000010/state.json"))
                && steps.by(0) >= 14);
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
    ExecutorSpark.start(2, 1, Map.of());
    String resumed;
    try (LoggedLines log = new LoggedLines("io.rankline", Level.INFO)) {
      resumed = train(files, "killed");
      assertThat(log.messages())
          .anyMatch(line -> line.contains("goes on from checkpoint step-000000000010"));
    }
    assertThat(resumed).isEqualTo(train(files, "whole"));
    assertThat(steps.by(0) - 40).as("steps that were taken twice").isBetween(1L, CHECKPOINT_STEPS);
  }

  private String train(TrainingFiles files, String name) throws IOException {
    return ModelState.of(
            files
                .pipeline(DriverProcess.hparams(folder.resolve(name).toString()).build())
                .trainAndValidate()
                .model()
                .graph())
        .digest();
  }

  private Process driver(String digest) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String options : List.of("rankline.jvm.opens", "rankline.jvm.tests")) {
      String value = System.getProperty(options, "");
      command.addAll(List.of(value.strip().split("\\s+")));
      command.add("-D" + options + "=" + value);
    }
    command.add("-Drankline.log=info");
    command.add("-Xmx1g");
    // A process that is killed leaves its folders behind.
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DriverProcess.class.getName());
    command.addAll(
        List.of(
            folder.toString(),
            folder.resolve("killed").toString(),
            folder.resolve(digest).toString()));
    File log = folder.resolve("killed.log").toFile();
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

  private static void await(Process driver, BooleanSupplier reached) throws Exception {
    while (!reached.getAsBoolean()) {
      assertThat(driver.isAlive()).as("the driver at work").isTrue();
      driver.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
