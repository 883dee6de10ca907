package io.rankline.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image holds, run without a container. */
class ServerImageTest {

  private static final Path CLASSPATH = Path.of("../../server/grpc/target/launcher/classpath");
  private static final long LIMIT_SECONDS = 120;

  @TempDir static Path folder;

  private static Path image;
  private static Path log;
  private static Process server;
  private static String address;

  /** A server with a connector, settings of storage and a model whose name is not ASCII. */
  @BeforeAll
  static void started() throws IOException, InterruptedException {
    assumeTrue(
        Files.isRegularFile(CLASSPATH),
        () -> "skipped: there is no " + CLASSPATH + "; mvn package makes it");
    image = folder.resolve("image");
    run(Path.of("../../server/image/assemble").toString(), image.toString());
    run(image.resolve("share").toString());
    Path connector = image.resolve("connectors/connector.jar");
    new JarOutputStream(Files.newOutputStream(connector), new Manifest()).close();
    Path settings = Files.createDirectory(folder.resolve("settings"));
    Files.writeString(settings.resolve("core-site.xml"), "<configuration/>");
    Path model = folder.resolve("gr\u00f6\u00dfe");
    Files.createSymbolicLink(model, image.resolve("sample"));
    log = folder.resolve("serve.log");
    ProcessBuilder serve =
        command(
            image.resolve("serve").toString(),
            "--model-name=sample",
            "--model-base-path=" + model,
            "--host=127.0.0.1",
            "--port=0");
    serve.environment().put("HADOOP_CONF_DIR", settings.toString());
    serve
        .environment()
        .put(
            "RANKLINE_JAVA_OPTS",
            "-Xlog:class+load:file=%s -Dorg.slf4j.simpleLogger.log.io.rankline.compiled=info"
                    .formatted(folder.resolve("classes.log"))
                + " -Djava.io.tmpdir=/dev/null");
    server = serve.redirectOutput(log.toFile()).start();
    address = awaited("serving at (http\\S+)");
    awaited("(version 1 is served)");
  }

  @AfterAll
  static void ended() {
    if (server != null) {
      server.destroyForcibly();
    }
  }

  private static ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.keySet().removeAll(List.of("LC_ALL", "LC_CTYPE", "LANG", "RANKLINE_MEMORY"));
    return builder;
  }

  private static void run(String... words) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process = command(words).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /** What the group of a pattern is in the server's log, as soon as it is there. */
  private static String awaited(String pattern) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      if (server.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the server has ended: " + Files.readString(log));
      }
    }
  }

  @Test
  void everyJarOfTheServerIsThere() throws IOException {
    List<String> wanted =
        Arrays.stream(Files.readString(CLASSPATH).strip().split(File.pathSeparator))
            .map(jar -> Path.of(jar).getFileName().toString())
            .toList();

    List<String> order = Files.readAllLines(image.resolve("lib/order"));

    assertThat(order).first().asString().startsWith("rankline-server-grpc-");
    assertThat(order.subList(1, order.size())).isEqualTo(wanted);
    assertThat(order).allMatch(jar -> Files.isRegularFile(image.resolve("lib").resolve(jar)));
  }

  @Test
  void aConnectorBesideItLeavesTheArchiveOfClassesInUse() throws IOException {
    List<String> loaded = Files.readAllLines(folder.resolve("classes.log"));

    assertThat(loaded)
        .filteredOn(line -> line.contains(" io.rankline.server.rest.RankCall "))
        .singleElement()
        .asString()
        .endsWith("source: shared objects file (top)");
  }

  @Test
  void compiledKernelsNeedNoFolderForTemporaryFiles() throws IOException {
    assumeTrue(
        Files.exists(image.resolve("native/libjnidispatch.so")),
        "skipped: the build has found no C compiler");

    assertThat(Files.readString(log)).contains("scores computed by compiled arithmetic");
  }

  @Test
  void itAnswersAndEndsWhenItIsAskedTo() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/models/sample:rank"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"items\": [{\"price\": 3}]}"))
            .build();

    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    server.destroy();

    assertThat(answer.body()).contains("\"order\": [0]");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).as("ended by SIGTERM").isEqualTo(143);
  }
}
