package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What deploy/local/rankline does before it starts a JVM. */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "deploy", "local", "rankline");

  @TempDir Path folder;

  @Test
  void itKnowsNoOtherCommandsThanTheApplication() throws IOException {
    Matcher spark = Pattern.compile("\n  ([a-z |]+)\\)\n").matcher(Files.readString(SCRIPT));

    assertThat(spark.find()).isTrue();
    assertThat(new RankingApp().commandLine().getSubcommands().keySet())
        .containsAll(List.of(spark.group(1).split(" \\| ", -1)));
  }

  @Test
  void aFolderThatIsNoJdkIsNamed() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "help");
    builder.environment().put("JAVA_HOME", folder.toString());

    assertFails(builder, "JAVA_HOME has no bin/java: %s; set it to a JDK 17".formatted(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "21.0.2", "1.8.0_402", "11.0.1"})
  void anotherJavaIsRefused(String version) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "help");
    builder.environment().put("JAVA_HOME", jdk(version, "exit 0").toString());

    assertFails(
        builder,
        "Rankline runs on Java 17 as Spark 3.5 does, and %s is Java %s; set JAVA_HOME to a JDK 17"
            .formatted(folder.resolve("jdk").toRealPath(), version));
  }

  /** In a checkout that is built, with a Java that says what it was given. */
  @ParameterizedTest(name = "LC_ALL={0}")
  @CsvSource({"C, C.UTF-8", "'', C.UTF-8", "C.UTF-8, C.UTF-8"})
  void withoutALanguageNamesOfFilesAreUtf8(String given, String expected)
      throws IOException, InterruptedException {
    Path script = builtCheckout(folder.toRealPath().toString());
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "help");
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    if (!given.isEmpty()) {
      builder.environment().put("LC_ALL", given);
    }
    builder.environment().put("JAVA_HOME", jdk("17.0.15", "echo \"$LC_ALL\"").toString());

    Process run = builder.redirectErrorStream(true).start();

    assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(expected + "\n");
    assertThat(run.waitFor()).isZero();
  }

  @Test
  void aCopyOfACheckoutIsBuiltAnewSinceItsClassPathNamesTheOriginal()
      throws IOException, InterruptedException {
    Path script = builtCheckout("/where/it/was/built");
    Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho no build here\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "help");
    builder.environment().put("PATH", maven.getParent() + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", jdk("17.0.15", "echo started").toString());

    Process run = builder.redirectErrorStream(true).start();

    assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("rankline: building", "no build here")
        .doesNotContain("started");
    assertThat(run.waitFor()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "export", "evaluate", "inspect", "generate", "sweep", "promote"})
  void everyCommandFindsTheConnectorsAndSettingsOfItsStorage(String command)
      throws IOException, InterruptedException {
    Path script = builtCheckout(folder.toRealPath().toString());
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), command);
    builder.environment().put("JAVA_HOME", jdk("17.0.15", "echo \"$@\"").toString());
    builder.environment().put("RANKLINE_CLASSPATH", "/opt/connectors/*");
    builder.environment().put("HADOOP_CONF_DIR", "/etc/hadoop");
    builder.environment().put("RANKLINE_SPARK_OPTS", "--conf spark.hadoop.fs.x.y=z");

    Process run = builder.redirectErrorStream(true).start();

    assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains(":/opt/connectors/*:/etc/hadoop org.apache.spark.deploy.SparkSubmit ")
        .endsWith(
            " --conf spark.hadoop.fs.x.y=z --class io.rankline.spark.cli.RankingApp spark-internal "
                + command
                + "\n");
    assertThat(run.waitFor()).isZero();
  }

  /** Spark's own start takes half a second more. */
  @ParameterizedTest
  @CsvSource({
    "train, SPARK_SCALA_VERSION, false",
    "train, SPARK_CONF_DIR, true",
    "score, SPARK_HOME, true",
    "inspect, SPARK_HOME, false",
    "inspect, RANKLINE_SPARK_OPTS, true"
  })
  void sparksOwnStartIsTakenWhereItHasOptionsToRead(
      String command, String variable, boolean isTaken) throws IOException, InterruptedException {
    Path script = builtCheckout(folder.toRealPath().toString());
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), command);
    builder.environment().keySet().removeIf(name -> name.matches("(RANKLINE_)?SPARK_.*"));
    builder.environment().put("JAVA_HOME", jdk("17.0.15", "echo \"$@\"").toString());
    builder.environment().put(variable, "/etc/spark");

    Process run = builder.redirectErrorStream(true).start();

    String given = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(given).contains(" -Dspark.master=local[*] -Dspark.ui.enabled=false -cp ");
    assertThat(given.contains("org.apache.spark.deploy.SparkSubmit")).isEqualTo(isTaken);
    assertThat(given)
        .endsWith(
            " io.rankline.spark.cli.RankingApp "
                + (isTaken ? "spark-internal " : "")
                + command
                + "\n");
    assertThat(run.waitFor()).isZero();
  }

  @Test
  void aConnectorThatIsKnownIsOnTheClassPathOfTheServerToo()
      throws IOException, InterruptedException {
    Path script = builtCheckout(folder.toRealPath().toString());
    Path server = Files.createDirectories(folder.resolve("deploy/server/grpc/target/launcher"));
    Files.writeString(server.resolve("classpath"), folder.toString());
    Path connector = Files.createDirectories(folder.resolve("deploy/connectors/gs"));
    Files.writeString(connector.resolve("pom.xml"), "<project/>");
    Path jar = Files.writeString(folder.resolve("connector.jar"), "");
    Files.writeString(
        Files.createDirectories(connector.resolve("target/launcher")).resolve("classpath"),
        jar.toString());
    Files.writeString(server.resolve("done"), folder.toRealPath().toString());
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "serve");
    builder.environment().put("JAVA_HOME", jdk("17.0.15", "echo \"$@\"").toString());
    builder.environment().put("RANKLINE_STORES", "gs");

    Process run = builder.redirectErrorStream(true).start();

    assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .endsWith(":" + jar + " io.rankline.server.cli.ServeApp\n");
    assertThat(run.waitFor()).isZero();
  }

  @Test
  void anotherStoreIsRefusedWithTheWayOut() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "train");
    builder.environment().put("RANKLINE_STORES", "azure");

    assertFails(
        builder,
        "RANKLINE_STORES may name gs and s3a, apart by a space, got 'azure'; for other stores put"
            + " the connector's jars on RANKLINE_CLASSPATH");
  }

  /** A launcher in a checkout that was built in that folder. */
  private Path builtCheckout(String builtIn) throws IOException {
    Path launcher = Files.createDirectories(folder.resolve("spark-app/target/launcher"));
    for (String file : List.of("classpath", "provided", "jvm.options", "done")) {
      Files.writeString(launcher.resolve(file), file.equals("done") ? builtIn : folder.toString());
    }
    Path script = Files.createDirectories(folder.resolve("deploy/local")).resolve("rankline");
    return Files.copy(SCRIPT, script);
  }

  private Path jdk(String version, String script) throws IOException {
    Path jdk = folder.resolve("jdk");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return jdk;
  }

  private static void assertFails(ProcessBuilder builder, String fault)
      throws IOException, InterruptedException {
    Process run = builder.redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).isEqualTo(1);
    assertThat(said).isEqualTo("rankline: " + fault + "\n");
  }
}
