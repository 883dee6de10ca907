package io.rankline.spark.sweep.place;

import io.rankline.spark.storage.SparkStorageSettings;
import io.rankline.spark.terminal.FaultLine;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A training in a JVM of its own, with its share of processors and memory. */
final class TrialProcess {

  private static final long LEAST_HEAP = 256L << 20;

  /** What the child gets in another size, or only one JVM can have. */
  private static final Pattern NOT_HANDED_ON =
      Pattern.compile(
          "-Xmx.*|-Xms.*|-XX:ActiveProcessorCount=.*|-XX:MaxRAM.*|-XX:InitialRAM.*"
              + "|-agentlib:.*|-agentpath:.*|-javaagent:.*|-Drankline\\.(terminal|columns)=.*");

  private final Class<?> application;
  private final int processors;
  private final long heap;

  /** One of {@code parallel} processes of an application that share this machine. */
  TrialProcess(Class<?> application, int parallel) {
    this.application = application;
    Runtime runtime = Runtime.getRuntime();
    processors = Math.max(1, runtime.availableProcessors() / parallel);
    heap = Math.max(LEAST_HEAP, runtime.maxMemory() / parallel);
  }

  /** Processors that a process has to itself. */
  int processors() {
    return processors;
  }

  /**
   * Starts it.
   *
   * @param log gets all that it prints
   */
  Process start(Path configuration, List<String> overrides, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(configuration, overrides));
    Map<String, String> environment = builder.environment();
    // ND4J's and OpenBLAS's threads; where somebody has asked for fewer, that holds.
    for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      String asked = environment.get(name);
      int most = asked != null && asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : processors;
      environment.put(name, Integer.toString(Math.min(most, processors)));
    }
    return builder
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(nothing()))
        .start();
  }

  List<String> command(Path configuration, List<String> overrides) {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!NOT_HANDED_ON.matcher(argument).matches()) {
        command.add(argument);
      }
    }
    command.add("-Xmx" + heap);
    command.add("-XX:ActiveProcessorCount=" + processors);
    command.add("-Drankline.terminal=false");
    SparkStorageSettings.submitted()
        .forEach(
            (key, value) -> command.add("-D" + SparkStorageSettings.PREFIX + key + "=" + value));
    command.add("-cp");
    command.add(classPath());
    command.add(application.getName());
    command.add("train");
    command.add(configuration.toString());
    for (String override : overrides) {
      command.add("--set");
      command.add(override);
    }
    return command;
  }

  /** This JVM's, and the jars that spark-submit added to it. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    entries.add(Objects.requireNonNull(System.getProperty("java.class.path")));
    for (String jar : System.getProperty("spark.jars", "").split(",", -1)) {
      if (!jar.isEmpty()) {
        entries.add(jar.startsWith("file:") ? URI.create(jar).getPath() : jar);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /** The last reason that the training gave for its failure. */
  static String failure(Path log, int status) throws IOException {
    String silent =
        status > 128
            ? "killed by signal %s".formatted(status - 128)
            : "ended with status %s and said nothing of why".formatted(status);
    return FaultLine.last(Files.readAllLines(log)).orElse(silent);
  }

  private static File nothing() {
    return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
