package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** HDFS: a NameNode and a DataNode. */
final class HdfsCluster implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

  private final List<ChildProcess> daemons = new ArrayList<>();
  private final Path configuration;
  private final int port;
  private final int webPort;

  private HdfsCluster(Path configuration, int port, int webPort) {
    this.configuration = configuration;
    this.port = port;
    this.webPort = webPort;
  }

  /**
   * Formats it, starts it, and waits until its DataNode has registered.
   *
   * @param folder gets configuration, logs and blocks
   */
  static HdfsCluster start(Path folder) {
    List<Integer> ports = Ports.free(5);
    HdfsCluster cluster = new HdfsCluster(folder.resolve("conf"), ports.get(0), ports.get(1));
    cluster.writeConfiguration(folder, ports.subList(2, 5));
    try {
      cluster.startDaemons();
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void writeConfiguration(Path folder, List<Integer> dataNodePorts) {
    HadoopFiles.write(
        configuration,
        "core-site.xml",
        Map.of("fs.defaultFS", uri(), "hadoop.tmp.dir", folder.resolve("tmp").toString()));
    Map<String, String> site = new TreeMap<>();
    site.put("dfs.replication", "1");
    site.put("dfs.namenode.http-address", "127.0.0.1:" + webPort);
    site.put("dfs.datanode.address", "127.0.0.1:" + dataNodePorts.get(0));
    site.put("dfs.datanode.http.address", "127.0.0.1:" + dataNodePorts.get(1));
    site.put("dfs.datanode.ipc.address", "127.0.0.1:" + dataNodePorts.get(2));
    site.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
    site.put("dfs.permissions.enabled", "false");
    site.put("dfs.namenode.safemode.extension", "0");
    HadoopFiles.write(configuration, "hdfs-site.xml", site);
  }

  private void startDaemons() {
    ChildProcess format =
        HadoopDaemon.start(
            "format", configuration, NAME_NODE, "-format", "-force", "-nonInteractive");
    if (format.awaitEnd(TO_START) != 0) {
      throw new IllegalStateException("HDFS cannot be formatted; see format.log");
    }
    ChildProcess nameNode = HadoopDaemon.start("namenode", configuration, NAME_NODE);
    daemons.add(nameNode);
    ChildProcess dataNode = HadoopDaemon.start("datanode", configuration, DATA_NODE);
    daemons.add(dataNode);
    nameNode.awaitUp(TO_START, () -> liveDataNodes() >= 0);
    dataNode.awaitUp(TO_START, () -> liveDataNodes() == 1);
  }

  private int liveDataNodes() throws IOException {
    JsonNode beans =
        HttpJson.json(webPort, "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
            .path("beans");
    return beans.path(0).path("NumLiveDataNodes").asInt(-1);
  }

  /** What {@code HADOOP_CONF_DIR} names. */
  Path configurationFolder() {
    return configuration;
  }

  /** As {@code hdfs://127.0.0.1:19000}. */
  String uri() {
    return "hdfs://127.0.0.1:" + port;
  }

  /** A client of it. */
  FileSystem fileSystem() throws IOException {
    Configuration client = new Configuration();
    client.set("fs.defaultFS", uri());
    client.set("dfs.replication", "1");
    return FileSystem.newInstance(client);
  }

  @Override
  public void close() {
    ChildProcess.closeAll(daemons);
  }
}
