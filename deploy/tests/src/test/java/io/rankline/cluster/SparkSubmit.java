package io.rankline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code spark-submit} and the scripts around it, as a user would. */
final class SparkSubmit {

  /**
   * A submission that has ended.
   *
   * @param status exit status
   * @param out standard output
   * @param err standard error
   */
  record Ended(int status, String out, String err) {

    /** Both streams, for messages of tests. */
    String all() {
      return "status %d%n--- stdout%n%s--- stderr%n%s".formatted(status, out, err);
    }

    /** The first word of standard error that begins so, as an application's id. */
    String word(String prefix) {
      Matcher word = Pattern.compile("\\b" + Pattern.quote(prefix) + "[-\\w]+").matcher(err);
      return word.find() ? word.group() : "none in " + all();
    }
  }

  /** Options for a command that fails before it has work for executors: none are started. */
  static final List<String> NO_EXECUTORS =
      List.of(
          "--conf",
          "spark.dynamicAllocation.enabled=true",
          "--conf",
          "spark.dynamicAllocation.shuffleTracking.enabled=true");

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final SparkHome spark;
  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  /** Nothing is run yet. Output is kept under target/submissions, to look at. */
  SparkSubmit(SparkHome spark) {
    this.spark = spark;
    this.folder = Path.of("target", "submissions").toAbsolutePath();
    environment.put("SPARK_HOME", spark.folder().toString());
  }

  /** Sets a variable of the environment. */
  SparkSubmit with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs spark-submit itself with the assembled jar: options before it, arguments after it. */
  Ended run(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(List.of(spark.script("spark-submit")));
    command.addAll(options);
    command.addAll(List.of("--class", "io.rankline.spark.cli.RankingApp"));
    command.add(Built.assembledJar().toString());
    command.addAll(List.of(arguments));
    return runCommand(command);
  }

  /** Runs a script of the repository, as {@code deploy/yarn/submit}. */
  Ended runScript(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Built.inRepository(script).toString()));
    command.addAll(List.of(arguments));
    return runCommand(command);
  }

  private Ended runCommand(List<String> command) {
    try {
      Files.createDirectories(folder);
      Path out = Files.createTempFile(folder, "submit-", ".out");
      Path err = Files.createTempFile(folder, "submit-", ".err");
      int status =
          ChildProcess.command("submission", out, err, environment, command).awaitEnd(LIMIT);
      return new Ended(status, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
