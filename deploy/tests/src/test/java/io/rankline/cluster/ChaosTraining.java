package io.rankline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A training on executors, which is started again until it is done. */
final class ChaosTraining implements AutoCloseable {

  private static final Path OUTPUT = Path.of("target", "submissions").toAbsolutePath();
  private static final int MOST_STARTS = 100;

  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Path> logs = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private ChildProcess driver;

  /**
   * Starts it.
   *
   * @param folder gets what drivers write beside the model
   * @param settings of Spark, and of its store
   * @param arguments of the command
   */
  ChaosTraining(
      SparkHome spark,
      StandaloneCluster cluster,
      Path folder,
      Map<String, String> settings,
      List<String> arguments) {
    environment.put("SPARK_HOME", spark.folder().toString());
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("driver").toString());
    environment.put("RANKLINE_JAR", "local://" + Built.assembledJar());
    environment.put("RANKLINE_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("tmp"));
    environment.put("RANKLINE_DRIVER_HEAP", "1g");
    environment.put("RANKLINE_EXECUTOR_HEAP", "1g");
    command.add(Built.inRepository("deploy/standalone/submit").toString());
    command.addAll(List.of("--master", cluster.master()));
    settings.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add("--");
    command.addAll(arguments);
    this.driver = start();
  }

  private ChildProcess start() {
    try {
      Files.createDirectories(OUTPUT);
      Path out = Files.createTempFile(OUTPUT, "chaos-", ".out");
      Path err = Files.createTempFile(OUTPUT, "chaos-", ".err");
      logs.add(err);
      return ChildProcess.command("training", out, err, environment, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JVMs of its driver. */
  List<ProcessHandle> drivers() {
    return driver.programs();
  }

  /** Kills its driver. */
  void killDriver() {
    driver.kill();
  }

  /** Whether it is done; one that has failed is started again. */
  boolean isDone() {
    if (driver.status().isEmpty()) {
      return false;
    }
    int status = driver.status().getAsInt();
    driver.close();
    if (status == 0) {
      return true;
    }
    faults.add("status %s: %s".formatted(status, lastWord()));
    System.out.printf("  driver ended with %s%n", faults.get(faults.size() - 1));
    if (faults.size() >= MOST_STARTS) {
      throw new IllegalStateException("it never ends; see " + logs);
    }
    driver = start();
    return false;
  }

  /** How often its driver was started. */
  int starts() {
    return logs.size();
  }

  /** How often its log has these words. */
  long count(String words) {
    return lines().stream().filter(line -> line.contains(words)).count();
  }

  /** What its driver said in the end. */
  private String lastWord() {
    return read(logs.get(logs.size() - 1)).stream()
        .filter(line -> line.startsWith("rankline: "))
        .reduce((first, second) -> second)
        .orElse("nothing said");
  }

  /** All lines of its logs. */
  List<String> lines() {
    return logs.stream().flatMap(log -> read(log).stream()).toList();
  }

  private static List<String> read(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
