package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void aDaemonThatEndsTellsItsStatusAndTheEndOfItsLog() {
    ChildProcess daemon = daemon("echo no space left >&2; exit 7");

    assertThatThrownBy(() -> daemon.awaitUp(LIMIT, () -> false))
        .hasMessage(
            "namenode has ended with status 7; %s ends with%nno space left"
                .formatted(folder.resolve("log")));
    daemon.close();
  }

  @Test
  void aDaemonThatDoesNotComeUpTellsWhatWasMet() {
    try (ChildProcess daemon = daemon("echo starting; exec sleep 60")) {
      assertThatThrownBy(
              () ->
                  daemon.awaitUp(
                      Duration.ofSeconds(1),
                      () -> {
                        throw new IOException("connection refused");
                      }))
          .hasMessage(
              "namenode is not up after 1 s, lately: java.io.IOException: connection refused;"
                  + " %s ends with%nstarting".formatted(folder.resolve("log")));
    }
  }

  @Test
  void aCommandThatTakesTooLongIsKilled() {
    ChildProcess command = daemon("exec sleep 60");

    assertThatThrownBy(() -> command.awaitEnd(Duration.ofMillis(100)))
        .hasMessageStartingWith("namenode has not ended after 0 s and was killed");
  }

  @Test
  void aDaemonEndsWhenThePipeFromItsParentBreaks() throws Exception {
    Path pid = folder.resolve("pid");
    String daemon = "echo $$ > %s; exec sleep 60".formatted(pid);
    Process guard =
        new ProcessBuilder("sh", "-c", ChildProcess.GUARD, "guard", "sh", "-c", daemon).start();
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      Thread.onSpinWait();
    }
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    guard.getOutputStream().close();

    assertThat(guard.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(child.isAlive()).isFalse();
  }

  private ChildProcess daemon(String script) {
    return ChildProcess.daemon(
        "namenode", folder.resolve("log"), Map.of(), List.of("sh", "-c", script));
  }
}
