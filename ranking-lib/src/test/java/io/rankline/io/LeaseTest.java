package io.rankline.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Lease.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One process at a time writes into a folder, whoever dies. */
class LeaseTest {

  private static final Pace QUICK = new Pace(Duration.ofMillis(50), Duration.ofMillis(900));
  private static final Pace SILENT = new Pace(Duration.ofHours(1), Duration.ofMillis(900));

  @TempDir Path path;

  private Folder folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Storage.ofClassPath().folder(path.toString());
    folder.create();
  }

  @Test
  void whoComesSecondIsToldWhoIsThere() throws IOException {
    try (Lease first = Lease.take(folder, "model_dir")) {
      assertThatThrownBy(() -> Lease.take(folder, "model_dir"))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "model_dir \\Q%s\\E is in use by process %s on \\S+, begun at \\S+; name another folder, or wait until it has ended"
                  .formatted(folder.path(), ProcessHandle.current().pid()));
      first.requireHeld();
    }
  }

  @Test
  void whoHasEndedLeavesNothing() throws IOException {
    Lease.take(folder, "model_dir").close();

    assertThat(folder.names()).isEmpty();
    Lease.take(folder, "model_dir").close();
  }

  @Test
  void aProcessOfThisMachineThatIsGoneIsFollowedAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    LeaseHolder here = LeaseHolder.here();
    LeaseHolder other =
        new LeaseHolder(
            "other",
            here.host(),
            here.machine(),
            process.pid(),
            String.valueOf(process.info().startInstant().orElseThrow()),
            4);
    folder.write(Lease.FILE, other::writeTo);
    assertThatThrownBy(() -> Lease.take(folder, "model_dir"))
        .hasMessageContaining("in use by process " + process.pid());

    process.destroyForcibly().waitFor();

    Lease.take(folder, "model_dir", here, new Pace(Duration.ofHours(1), Duration.ofSeconds(3)))
        .close();
  }

  @Test
  void anotherProcessWithTheNumberOfOneThatIsGoneIsNotIt() throws IOException {
    LeaseHolder here = LeaseHolder.here();
    LeaseHolder other =
        new LeaseHolder(
            "other", here.host(), here.machine(), here.process(), "2001-01-01T00:00:00Z", 4);
    folder.write(Lease.FILE, other::writeTo);

    Lease.take(folder, "model_dir", here, QUICK).close();
  }

  @Test
  void whoLivesKeepsItThoughTheClockOfTheMachineWasSet() throws IOException {
    LeaseHolder here = LeaseHolder.here();
    LeaseHolder before =
        new LeaseHolder(
            "first", here.host(), here.machine(), here.process(), "2001-01-01T00:00:00Z", 4);
    try (Lease first = Lease.take(folder, "model_dir", before, QUICK)) {
      assertThatThrownBy(() -> Lease.take(folder, "model_dir", here, QUICK))
          .hasMessageContaining("in use by process " + here.process());
      first.requireHeld();
    }
  }

  @Test
  void aMachineThatGivesSignsOfLifeKeepsIt() throws IOException {
    try (Lease first = Lease.take(folder, "model_dir", elsewhere("a"), QUICK)) {
      assertThatThrownBy(() -> Lease.take(folder, "model_dir", elsewhere("b"), QUICK))
          .hasMessageContaining("in use by process 7 on a, begun at ");
      first.requireHeld();
    }
  }

  @Test
  void aMachineThatGivesNoneLosesIt() throws IOException {
    Lease silent = Lease.take(folder, "model_dir", elsewhere("a"), SILENT);

    try (Lease second = Lease.take(folder, "model_dir", elsewhere("b"), SILENT)) {
      silent.close();

      assertThatThrownBy(silent::requireHeld)
          .hasMessageStartingWith(
              "model_dir %s was taken over by process 7 on b, ".formatted(folder.path()));
      second.requireHeld();
      assertThat(folder.has(Lease.FILE)).as("the second one's file").isTrue();
    }
    assertThat(folder.names()).isEmpty();
  }

  @Test
  void whoLostItLearnsThatByItself() throws Exception {
    Lease lease = Lease.take(folder, "model_dir", elsewhere("a"), QUICK);
    // The lease has its own way of replacing the file, at any time.
    try (OutputStream out = Files.newOutputStream(path.resolve(Lease.FILE))) {
      elsewhere("b").writeTo(out);
    }

    Thread.sleep(1000);

    assertThatThrownBy(lease::requireHeld).hasMessageContaining("taken over by process 7 on b");
    lease.close();
    try (InputStream in = folder.open(Lease.FILE)) {
      assertThat(LeaseHolder.read(in).host()).isEqualTo("b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "beat=many\nprocess=", "\\u00"})
  void aFileThatSaysNothingCountsAsDeadAfterAWhile(String text) throws IOException {
    Files.writeString(path.resolve(Lease.FILE), text);

    Lease.take(folder, "model_dir", elsewhere("a"), QUICK).close();
  }

  @Test
  void ofManyThatFindADeadOneOneFollows() throws Exception {
    folder.write(Lease.FILE, elsewhere("dead")::writeTo);
    CountDownLatch together = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<Lease>> takers = new ArrayList<>();
    for (int taker = 0; taker < 6; taker++) {
      String name = "taker" + taker;
      takers.add(
          threads.submit(
              () -> {
                together.await();
                return Lease.take(folder, "model_dir", elsewhere(name), QUICK);
              }));
    }

    together.countDown();

    List<Lease> taken = new ArrayList<>();
    for (Future<Lease> taker : takers) {
      try {
        taken.add(taker.get());
      } catch (ExecutionException refused) {
        assertThat(refused).hasMessageContaining("is in use by process 7 on taker");
      }
    }
    Thread.sleep(1000);
    int held = 0;
    for (Lease lease : taken) {
      try {
        lease.requireHeld();
        held++;
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("was taken over by process 7 on taker");
      }
    }
    for (Lease lease : taken) {
      lease.close();
    }
    threads.shutdown();
    assertThat(held).isEqualTo(1);
  }

  @Test
  void aFailedTrainingHasLetGo() {
    assertThatCode(
            () -> {
              try (Lease lease = Lease.take(folder, "model_dir")) {
                lease.requireHeld();
                throw new IllegalStateException("no number");
              } catch (IllegalStateException e) {
                Lease.take(folder, "model_dir").close();
              }
            })
        .doesNotThrowAnyException();
  }

  private static LeaseHolder elsewhere(String host) {
    return new LeaseHolder(
        UUID.randomUUID().toString(), host, "another boot", 7, "2026-11-29T00:00:00Z", 0);
  }
}
