package io.rankline.cluster;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A server of the S3 protocol, as a process; it has the bucket {@code shop}. */
final class S3Server implements AutoCloseable {

  private final ChildProcess process;
  private final int port;

  private S3Server(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it answers. */
  static S3Server start(Path folder) {
    List<Integer> ports = Ports.free(2);
    ChildProcess process =
        ChildProcess.daemon(
            "s3",
            folder.resolve("s3.log"),
            Map.of("initialBuckets", "shop"),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Built.s3Jars().stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)),
                "com.adobe.testing.s3mock.S3MockApplication",
                "--com.adobe.testing.s3mock.httpPort=" + ports.get(0),
                "--server.port=" + ports.get(1),
                "--com.adobe.testing.s3mock.root=" + folder.resolve("objects")));
    S3Server server = new S3Server(process, ports.get(0));
    process.awaitUp(Duration.ofMinutes(2), server::answers);
    return server;
  }

  private boolean answers() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/shop").toURL().openConnection();
    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
  }

  /** Settings with which the connector finds it, as in core-site.xml. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.connection.ssl.enabled", "false");
    settings.put("fs.s3a.access.key", "key");
    settings.put("fs.s3a.secret.key", "secret");
    // This server answers If-Match with a fault.
    settings.put("fs.s3a.change.detection.mode", "none");
    return settings;
  }

  @Override
  public void close() {
    process.close();
  }
}
