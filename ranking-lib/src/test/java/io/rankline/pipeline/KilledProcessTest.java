package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.History;
import io.rankline.serving.SavedRankingModel;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that die as processes do, by SIGKILL, and are started again until they end. */
class KilledProcessTest {

  private static final int SECONDS = 120;

  /** What {@link KillableTraining} takes: 3 epochs of 20 steps, with a checkpoint every 3. */
  private static final int STEPS = 60;

  @TempDir static Path folder;

  @BeforeAll
  static void trainWithoutInterruption() throws IOException {
    finish("whole");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 1)
  void aTrainingThatIsKilledAtRandomEndsAsIfItNeverHadBeen(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    String run = "random-" + seed;
    int from = 0;
    for (int kill = 0; kill < 2; kill++) {
      // A place that this process comes to, and a moment after that.
      int step = from + 3 + random.nextInt(STEPS / 3);
      Process training = start(run);
      awaitStep(training, run, step);
      training.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
      assertThat(training.isAlive()).as("is killed before its end").isTrue();
      kill(training);
      from = newestStep(run);
      assertThat(from).isLessThan(STEPS);
    }

    finish(run);

    assertSameAsWhole(run);
  }

  @Test
  void aTrainingThatIsKilledWhileItWritesACheckpointGoesOnFromTheOneBefore() throws Exception {
    String run = "writing";
    boolean cutShort = false;
    for (int attempt = 0; attempt < 6 && !cutShort; attempt++) {
      Process training = start(run);
      awaitStep(training, run, newestStep(run) + 3);
      while (training.isAlive() && !isWriting(run)) {
        Thread.onSpinWait();
      }
      kill(training);
      cutShort = isWriting(run);
    }
    assertThat(cutShort).as("was killed in the middle of a checkpoint").isTrue();

    finish(run);

    assertSameAsWhole(run);
    assertThat(isWriting(run)).as("leaves nothing of it behind").isFalse();
  }

  private static void assertSameAsWhole(String run) throws IOException {
    for (String export : List.of("latest_model", "best_model_by_metric")) {
      assertThat(model(run, export).model().graph().params())
          .isEqualTo(model("whole", export).model().graph().params());
    }
    List<EpochResult> epochs = History.read(modelDir(run));
    List<EpochResult> expected = History.read(modelDir("whole"));
    assertThat(epochs).hasSameSizeAs(expected).hasSize(3);
    for (int k = 0; k < epochs.size(); k++) {
      assertThat(epochs.get(k).logs()).isEqualTo(expected.get(k).logs());
    }
  }

  private static SavedRankingModel model(String run, String export) throws IOException {
    return SavedRankingModel.load(modelDir(run).folder("export").folder(export));
  }

  private static Folder modelDir(String run) {
    return Storage.ofClassPath().folder(folder.resolve(run).toString());
  }

  /** In this process: a start of another one takes longer than the training. */
  private static void finish(String run) throws IOException {
    KillableTraining.main(new String[] {folder.resolve(run).toString()});
  }

  /** SIGKILL: no hook of the JVM runs. */
  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitStep(Process training, String run, int step)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (newestStep(run) < step) {
      assertThat(training.isAlive() && System.nanoTime() < end).as(log(run)).isTrue();
      training.waitFor(2, TimeUnit.MILLISECONDS);
    }
  }

  private static int newestStep(String run) {
    int newest = 0;
    for (String name : checkpoints(run)) {
      if (name.startsWith("step-")) {
        newest = Math.max(newest, Integer.parseInt(name.substring("step-".length())));
      }
    }
    return newest;
  }

  private static boolean isWriting(String run) {
    return checkpoints(run).stream().anyMatch(name -> name.matches("\\.step-\\d+\\.tmp"));
  }

  private static List<String> checkpoints(String run) {
    String[] names = folder.resolve(run).resolve("checkpoints").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static Process start(String run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!argument.startsWith("-agent") && !argument.startsWith("-javaagent")) {
        command.add(argument);
      }
    }
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KillableTraining.class.getName());
    command.add(folder.resolve(run).toString());
    File log = folder.resolve(run + ".log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private static String log(String run) throws IOException {
    return Files.readString(folder.resolve(run + ".log"));
  }
}
