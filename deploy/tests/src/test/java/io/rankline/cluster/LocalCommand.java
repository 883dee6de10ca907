package io.rankline.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands on this machine, with the class path that {@code deploy/local/rankline} gives them. */
final class LocalCommand {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path OUTPUT = Path.of("target", "submissions").toAbsolutePath();

  private final List<Path> classPath;
  private final Map<String, String> environment;

  /**
   * Nothing is run yet.
   *
   * @param connectors what {@code RANKLINE_STORES} adds
   * @param configuration what {@code HADOOP_CONF_DIR} names
   */
  LocalCommand(List<Path> connectors, Path configuration) {
    this(connectors, configuration, Map.of());
  }

  /** With some variables of its environment set. */
  LocalCommand(List<Path> connectors, Path configuration, Map<String, String> environment) {
    this.environment = environment;
    this.classPath =
        Stream.of(
                List.of(Built.assembledJar()),
                Built.sparkJars(),
                connectors,
                List.of(configuration))
            .flatMap(List::stream)
            .toList();
  }

  /** A command that has been started, with the files that get what it prints. */
  record Started(ChildProcess process, Path out, Path err) {

    SparkSubmit.Ended ended() {
      try {
        int status = process.awaitEnd(LIMIT);
        return new SparkSubmit.Ended(status, Files.readString(out), Files.readString(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Runs one to its end. */
  SparkSubmit.Ended run(String... arguments) {
    return start(arguments).ended();
  }

  /** Starts one. */
  Started start(String... arguments) {
    List<String> program = new ArrayList<>();
    if (arguments[0].equals("train")) {
      program.addAll(
          List.of(
              "org.apache.spark.deploy.SparkSubmit",
              "--master",
              "local[2]",
              "--conf",
              "spark.ui.enabled=false",
              "--class",
              "io.rankline.spark.cli.RankingApp",
              "spark-internal"));
    } else {
      program.add("io.rankline.spark.cli.RankingApp");
    }
    program.addAll(List.of(arguments));
    return startProgram(program);
  }

  /** Starts a program, whose class comes first. */
  Started startProgram(List<String> program) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Built.inRepository("spark-app/target/launcher/jvm.options"),
                "-cp",
                classPath.stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator))));
    command.addAll(program);
    try {
      Files.createDirectories(OUTPUT);
      Path out = Files.createTempFile(OUTPUT, "local-", ".out");
      Path err = Files.createTempFile(OUTPUT, "local-", ".err");
      return new Started(
          ChildProcess.command("rankline", out, err, environment, command), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
