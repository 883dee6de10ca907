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
import java.util.stream.Stream;

/** YARN: a ResourceManager and a NodeManager of 12 GiB, over an {@link HdfsCluster}. */
final class YarnCluster implements AutoCloseable {

  /**
   * What the ResourceManager says of an application.
   *
   * @param id as application_1700000000000_0001
   * @param state as FINISHED
   * @param finalStatus SUCCEEDED, FAILED, KILLED or UNDEFINED
   * @param diagnostics why it failed
   */
  record Application(String id, String state, String finalStatus, String diagnostics) {}

  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final Duration TO_END = Duration.ofSeconds(30);
  private static final String SERVER = "org.apache.hadoop.yarn.server.";

  private final List<ChildProcess> daemons = new ArrayList<>();
  private final Path configuration;
  private final Path logs;
  private final int webPort;

  private YarnCluster(Path configuration, Path logs, int webPort) {
    this.configuration = configuration;
    this.logs = logs;
    this.webPort = webPort;
  }

  /**
   * Starts it and waits until its NodeManager has registered. Its configuration stands beside that
   * of HDFS.
   *
   * @param folder gets logs, and what containers write
   */
  static YarnCluster start(HdfsCluster hdfs, Path folder) {
    try {
      return startOnce(hdfs, folder);
    } catch (IllegalStateException e) {
      // Ports that were free when they were looked for may be another process's by now.
      return startOnce(hdfs, folder);
    }
  }

  private static YarnCluster startOnce(HdfsCluster hdfs, Path folder) {
    List<Integer> ports = Ports.free(7);
    YarnCluster cluster =
        new YarnCluster(hdfs.configurationFolder(), folder.resolve("container-logs"), ports.get(0));
    cluster.writeConfiguration(folder, ports);
    try {
      cluster.startDaemons();
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void writeConfiguration(Path folder, List<Integer> ports) {
    Map<String, String> site = new TreeMap<>();
    String manager = "yarn.resourcemanager.";
    site.put(manager + "hostname", "127.0.0.1");
    site.put(manager + "bind-host", "127.0.0.1");
    site.put(manager + "webapp.address", "127.0.0.1:" + ports.get(0));
    site.put(manager + "address", "127.0.0.1:" + ports.get(1));
    site.put(manager + "scheduler.address", "127.0.0.1:" + ports.get(2));
    site.put(manager + "resource-tracker.address", "127.0.0.1:" + ports.get(3));
    site.put(manager + "admin.address", "127.0.0.1:" + ports.get(4));
    site.put(
        manager + "scheduler.class",
        SERVER + "resourcemanager.scheduler.capacity.CapacityScheduler");
    String node = "yarn.nodemanager.";
    site.put(node + "hostname", "127.0.0.1");
    site.put(node + "address", "127.0.0.1:0");
    site.put(node + "localizer.address", "127.0.0.1:" + ports.get(5));
    site.put(node + "webapp.address", "127.0.0.1:" + ports.get(6));
    site.put(node + "resource.memory-mb", "12288");
    site.put(node + "resource.cpu-vcores", "12");
    site.put(node + "vmem-check-enabled", "false");
    // Other builds fill the disk of a shared machine, and YARN would call its folders unhealthy.
    site.put(node + "disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
    site.put(node + "local-dirs", folder.resolve("local").toString());
    site.put(node + "log-dirs", logs.toString());
    site.put(node + "env-whitelist", "JAVA_HOME,JDK_JAVA_OPTIONS,PATH,LANG,TZ");
    site.put("yarn.log-aggregation-enable", "false");
    site.put("yarn.scheduler.minimum-allocation-mb", "256");
    HadoopFiles.write(configuration, "yarn-site.xml", site);
    String queues = "yarn.scheduler.capacity.";
    HadoopFiles.write(
        configuration,
        "capacity-scheduler.xml",
        Map.of(
            queues + "root.queues", "default",
            queues + "root.default.capacity", "100",
            queues + "maximum-am-resource-percent", "0.8"));
  }

  private void startDaemons() {
    ChildProcess resourceManager =
        HadoopDaemon.start(
            "resourcemanager", configuration, SERVER + "resourcemanager.ResourceManager");
    daemons.add(resourceManager);
    ChildProcess nodeManager =
        HadoopDaemon.start("nodemanager", configuration, SERVER + "nodemanager.NodeManager");
    daemons.add(nodeManager);
    resourceManager.awaitUp(TO_START, () -> activeNodes() >= 0);
    nodeManager.awaitUp(
        TO_START,
        () -> {
          resourceManager.requireRunning();
          return activeNodes() == 1;
        });
  }

  private int activeNodes() throws IOException {
    return HttpJson.json(webPort, "/ws/v1/cluster/metrics")
        .path("clusterMetrics")
        .path("activeNodes")
        .asInt(-1);
  }

  /** An application, once it has ended: in client mode that is after its driver. */
  Application application(String id) throws IOException {
    daemons.get(0).awaitUp(TO_END, () -> !ask(id).finalStatus().equals("UNDEFINED"));
    return ask(id);
  }

  private Application ask(String id) throws IOException {
    JsonNode app = HttpJson.json(webPort, "/ws/v1/cluster/apps/" + id).path("app");
    return new Application(
        app.path("id").asText(),
        app.path("state").asText(),
        app.path("finalStatus").asText("UNDEFINED"),
        app.path("diagnostics").asText());
  }

  /** What the containers of an application wrote to a stream, as {@code stderr}. */
  String output(Application application, String stream) {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(logs.resolve(application.id()))) {
      for (Path file : files.filter(path -> path.endsWith(stream)).sorted().toList()) {
        all.append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  @Override
  public void close() {
    ChildProcess.closeAll(daemons);
  }
}
