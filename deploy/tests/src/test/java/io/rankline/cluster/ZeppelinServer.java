package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer;
import org.apache.zeppelin.spark.Spark3Shims;
import org.apache.zeppelin.spark.SparkInterpreter;
import org.apache.zeppelin.spark.SparkScala212Interpreter;
import org.apache.zeppelin.spark.SparkShims;

/**
 * A Zeppelin server without its pages, with the interpreters of Spark and Markdown. All notes share
 * one process of Spark's interpreter.
 */
final class ZeppelinServer implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final Duration TO_RUN = Duration.ofMinutes(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final ChildProcess process;

  private ZeppelinServer(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Installs and starts it.
   *
   * @param home gets configuration, interpreters, notes and logs
   * @param properties of Spark's interpreter, as users set them on Zeppelin's page of interpreters
   */
  static ZeppelinServer start(Path home, Map<String, String> properties) {
    int port = Ports.free(1).get(0);
    try {
      Files.createDirectories(home.resolve("pages"));
      Files.createDirectories(home.resolve("conf"));
      installRunner(home);
      installSpark(home, properties);
      installMarkdown(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-Dzeppelin.search.enable=false",
            "-Dzeppelin.war=" + home.resolve("pages"),
            "-Dzeppelin.angular.war=" + home.resolve("pages"),
            "-cp",
            Built.zeppelinJars().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            "org.apache.zeppelin.server.ZeppelinServer");
    Map<String, String> environment =
        Map.of(
            "ZEPPELIN_HOME",
            home.toString(),
            "ZEPPELIN_PORT",
            Integer.toString(port),
            "ZEPPELIN_LOCAL_IP",
            "127.0.0.1",
            "ZEPPELIN_IDENT_STRING",
            "rankline");
    ChildProcess process =
        ChildProcess.daemon("zeppelin", home.resolve("server.log"), environment, command);
    ZeppelinServer server = new ZeppelinServer(port, process);
    try {
      process.awaitUp(
          TO_START, () -> server.get("/api/version").path("status").asText().equals("OK"));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static void installRunner(Path home) throws IOException {
    Path runner = Files.createDirectories(home.resolve("bin")).resolve("interpreter.sh");
    Files.copy(Path.of("src", "test", "resources", "zeppelin", "interpreter.sh"), runner);
    if (!runner.toFile().setExecutable(true)) {
      throw new IOException(runner + " cannot be made executable");
    }
  }

  private static void installSpark(Path home, Map<String, String> properties) throws IOException {
    Path folder = Files.createDirectories(home.resolve("interpreter").resolve("spark"));
    for (Class<?> type :
        List.of(
            RemoteInterpreterServer.class,
            SparkInterpreter.class,
            SparkShims.class,
            Spark3Shims.class)) {
      link(folder, originOf(type));
    }
    Path scala = Files.createDirectories(folder.resolve("scala-2.12"));
    link(scala, originOf(SparkScala212Interpreter.class));
    ArrayNode settings = MAPPER.createArrayNode();
    ObjectNode spark = settings.addObject();
    spark
        .put("group", "spark")
        .put("name", "spark")
        .put("className", SparkInterpreter.class.getName())
        .put("defaultInterpreter", true);
    ObjectNode values = spark.putObject("properties");
    properties.forEach(
        (name, value) ->
            values
                .putObject(name)
                .put("propertyName", name)
                .put("defaultValue", value)
                .put("type", "string"));
    settings
        .addObject()
        .put("group", "spark")
        .put("name", "sql")
        .put("className", "org.apache.zeppelin.spark.SparkSqlInterpreter")
        .putObject("properties");
    MAPPER.writeValue(folder.resolve("interpreter-setting.json").toFile(), settings);
  }

  private static void installMarkdown(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("interpreter").resolve("md"));
    link(folder, originOf(RemoteInterpreterServer.class));
    logWarnings(folder);
    for (Path jar : Built.zeppelinJars()) {
      if (nameOf(jar)
          .matches("(zeppelin-markdown|flexmark|autolink|jsoup|jcl-over-slf4j|slf4j-|log4j).*")) {
        link(folder, jar);
      }
    }
  }

  /** What goes wrong in the interpreter is on its standard error. */
  private static void logWarnings(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("log4j.properties"),
        """
        log4j.rootLogger = WARN, stderr
        log4j.appender.stderr = org.apache.log4j.ConsoleAppender
        log4j.appender.stderr.target = System.err
        log4j.appender.stderr.layout = org.apache.log4j.SimpleLayout
        """);
  }

  private static void link(Path folder, Path target) throws IOException {
    Files.createSymbolicLink(folder.resolve(nameOf(target)), target);
  }

  private static String nameOf(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }

  private static Path originOf(Class<?> type) {
    CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
    return Path.of(URI.create(source.getLocation().toString()));
  }

  /**
   * Imports a note and runs its paragraphs, up to one that fails. What Zeppelin makes of it is kept
   * under target/notebooks, to look at.
   */
  NoteRun run(Path note) throws IOException {
    String id = post("/api/notebook/import", Files.readString(note)).path("body").asText();
    post("/api/notebook/job/" + id + "?blocking=true", "");
    JsonNode run = get("/api/notebook/" + id).path("body");
    Path kept = Files.createDirectories(Path.of("target", "notebooks"));
    MAPPER.writeValue(kept.resolve(nameOf(note)).toFile(), run);
    return NoteRun.of(run.path("paragraphs"));
  }

  private JsonNode get(String path) throws IOException {
    return HttpJson.json(port, path);
  }

  private JsonNode post(String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .timeout(TO_RUN)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException("%s: %d %s".formatted(path, response.statusCode(), response.body()));
      }
      return MAPPER.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
