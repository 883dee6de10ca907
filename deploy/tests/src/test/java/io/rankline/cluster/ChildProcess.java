package io.rankline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive this JVM, whatever ends it: it is ended by {@link #close}, by a
 * shutdown hook, or by a shell beside it that notices when the pipe from this JVM breaks.
 */
final class ChildProcess implements AutoCloseable {

  /**
   * Runs the command, ends it when standard input does, and returns its status. The command itself
   * gets no standard input.
   */
  static final String GUARD =
      """
      exec 3<&0
      "$@" 3<&- </dev/null &
      child=$!
      { read -r line <&3; kill "$child"; } >/dev/null 2>&1 &
      reader=$!
      trap 'kill "$child"' TERM
      wait "$child"
      status=$?
      kill "$reader" 2>/dev/null
      exit "$status"
      """;

  /** Every JVM below lives for seconds, as in jvm.tests of the parent's pom. */
  private static final String SHORT_LIVED =
      "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UnlockDiagnosticVMOptions"
          + " -XX:-BytecodeVerificationRemote";

  private static final Duration TO_END = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int TAIL = 40;

  private final String name;
  private final Path log;
  private final Process process;
  private final Thread hook = new Thread(this::end);

  /** Tells whether a daemon is up; throws while it cannot be asked yet. */
  interface Probe {
    boolean isUp() throws IOException;
  }

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts a daemon, whose output goes to one file. */
  static ChildProcess daemon(
      String name, Path log, Map<String, String> environment, List<String> command) {
    return start(name, log, Redirect.appendTo(log.toFile()), environment, command);
  }

  /** Starts a command, with one file for standard output and one for standard error. */
  static ChildProcess command(
      String name, Path out, Path err, Map<String, String> environment, List<String> command) {
    return start(name, err, Redirect.to(out.toFile()), environment, command);
  }

  private static ChildProcess start(
      String name, Path log, Redirect out, Map<String, String> environment, List<String> command) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", GUARD, name));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    // Surefire's settings are for its own JVM.
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("SPARK_") || key.equals("_JAVA_OPTIONS"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JDK_JAVA_OPTIONS", SHORT_LIVED);
    builder.environment().putAll(environment);
    builder.redirectOutput(out);
    builder.redirectError(Redirect.appendTo(log.toFile()));
    try {
      return new ChildProcess(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the daemon is up, and tells the end of its log where it does not come up. */
  void awaitUp(Duration limit, Probe probe) {
    long deadline = System.nanoTime() + limit.toNanos();
    String lately = "";
    while (System.nanoTime() < deadline) {
      try {
        if (probe.isUp()) {
          return;
        }
      } catch (IOException e) {
        lately = ", lately: " + e;
      }
      if (endsWithin(BETWEEN_LOOKS)) {
        throw failure("has ended with status " + process.exitValue());
      }
    }
    throw failure("is not up after %d s%s".formatted(limit.toSeconds(), lately));
  }

  /** Fails with the end of its log if it has ended. */
  void requireRunning() {
    if (!process.isAlive()) {
      throw failure("has ended with status " + process.exitValue());
    }
  }

  /** The exit status, once it has ended. */
  OptionalInt status() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Ends what the command runs without asking; {@link #status} is that of the command. */
  void kill() {
    programs().forEach(ProcessHandle::destroyForcibly);
  }

  /** The JVMs of the command. */
  List<ProcessHandle> programs() {
    return process.descendants().filter(ChildProcess::isProgram).toList();
  }

  /** Whether it is a JVM. */
  static boolean isProgram(ProcessHandle handle) {
    return handle.info().command().orElse("").endsWith("java");
  }

  /** Waits for the end and returns the exit status. */
  int awaitEnd(Duration limit) {
    if (!endsWithin(limit)) {
      close();
      throw failure("has not ended after %d s and was killed".formatted(limit.toSeconds()));
    }
    close();
    return process.exitValue();
  }

  private boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException("%s %s; %s ends with%n%s".formatted(name, what, log, tail()));
  }

  private String tail() {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends daemons, the latest first: it takes its leave of earlier ones, and waits for them. */
  static void closeAll(List<ChildProcess> daemons) {
    for (int i = daemons.size() - 1; i >= 0; i--) {
      daemons.get(i).close();
    }
    daemons.clear();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs anyway and finds nothing.
      return;
    }
  }

  /** Asks first, so that daemons end what they have started themselves. */
  private void end() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + TO_END.toNanos();
    for (ProcessHandle handle : all) {
      handle
          .onExit()
          .completeOnTimeout(handle, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
          .join();
      handle.destroyForcibly();
    }
  }
}
