package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Spark master and workers, of four cores and 4 GiB each: several applications fit. */
final class StandaloneCluster implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final String WORKER_MEMORY = "4096M";
  private static final int WORKER_CORES = 4;

  private final List<ChildProcess> daemons = new ArrayList<>();
  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final int port;
  private final int webPort;

  private StandaloneCluster(Path folder, Map<String, String> environment, int port, int webPort) {
    this.folder = folder;
    this.environment.put("SPARK_DAEMON_MEMORY", "384m");
    this.environment.putAll(environment);
    this.port = port;
    this.webPort = webPort;
  }

  /**
   * Starts it and waits until all workers have registered.
   *
   * @param folder gets logs, and what workers write
   */
  static StandaloneCluster start(SparkHome spark, Path folder, int workers) {
    return start(spark, folder, workers, Map.of());
  }

  /** With some variables of its daemons' environment set. */
  static StandaloneCluster start(
      SparkHome spark, Path folder, int workers, Map<String, String> environment) {
    List<Integer> ports = Ports.free(2);
    StandaloneCluster cluster =
        new StandaloneCluster(folder, environment, ports.get(0), ports.get(1));
    try {
      cluster.startDaemons(spark, workers);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void startDaemons(SparkHome spark, int workers) {
    ChildProcess master =
        daemon(
            spark,
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--webui-port",
            String.valueOf(webPort));
    master.awaitUp(TO_START, () -> workers() == 0);
    for (int worker = 1; worker <= workers; worker++) {
      String name = "worker-" + worker;
      daemon(
          spark,
          name,
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--webui-port",
          "0",
          "--cores",
          String.valueOf(WORKER_CORES),
          "--memory",
          WORKER_MEMORY,
          "--work-dir",
          folder.resolve(name).toString(),
          master());
    }
    daemons.get(daemons.size() - 1).awaitUp(TO_START, () -> workers() == workers);
  }

  private ChildProcess daemon(SparkHome spark, String name, String... words) {
    List<String> command = new ArrayList<>(List.of(spark.script("spark-class")));
    command.addAll(List.of(words));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChildProcess daemon =
        ChildProcess.daemon(name, folder.resolve(name + ".log"), environment, command);
    daemons.add(daemon);
    return daemon;
  }

  /** What {@code --master} takes. */
  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** Processes of executors, which are children of its workers. */
  List<ProcessHandle> executors() {
    return daemons.stream()
        .flatMap(daemon -> daemon.programs().stream())
        .flatMap(ProcessHandle::children)
        .filter(ChildProcess::isProgram)
        .toList();
  }

  /** State that the master tells of an application that has ended, as FINISHED. */
  String stateOfApplication(String name) throws IOException {
    return state("completedapps", "name", name);
  }

  /** State that the master tells of a driver in cluster mode that has ended, as FAILED. */
  String stateOfDriver(String id) throws IOException {
    return state("completeddrivers", "id", id);
  }

  private String state(String kind, String key, String value) throws IOException {
    for (JsonNode ended : HttpJson.json(webPort, "/json/").path(kind)) {
      if (ended.path(key).asText().equals(value)) {
        return ended.path("state").asText();
      }
    }
    return "unknown";
  }

  private int workers() throws IOException {
    return HttpJson.json(webPort, "/json/").path("aliveworkers").asInt();
  }

  @Override
  public void close() {
    ChildProcess.closeAll(daemons);
  }
}
