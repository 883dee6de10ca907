package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What deploy/yarn/submit and deploy/standalone/submit hand to spark-submit, and what they refuse.
 */
class SubmitScriptTest {

  private static final String YARN = "deploy/yarn/submit";
  private static final String STANDALONE = "deploy/standalone/submit";

  @TempDir Path folder;

  private SparkHome spark = new SparkHome(Path.of(""));

  /** A spark-submit that shows its words, one a line. */
  @BeforeEach
  void makeSpark() throws IOException {
    spark = SparkHome.whoseSubmitIs(folder, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.createFile(folder.resolve("yarn-site.xml"));
  }

  @Test
  void wordsBeforeTheDashesGoToSparkAndThoseAfterToRankline() {
    SparkSubmit.Ended run =
        yarn().runScript(YARN, "--files", "a file,b", "--", "train", "x.conf", "--set", "a=b c");

    List<String> words = run.out().lines().toList();
    assertThat(run.status()).as(run.all()).isZero();
    assertThat(words)
        .containsSubsequence("--files", "a file,b", "--class", "io.rankline.spark.cli.RankingApp");
    assertThat(words.subList(words.size() - 5, words.size()))
        .containsExactly(Built.assembledJar().toString(), "train", "x.conf", "--set", "a=b c");
  }

  @Test
  void memoryOfAContainerIsThatOfTheDocumentation() {
    SparkSubmit.Ended run = yarn().runScript(YARN, "--", "train", "x.conf");

    int megabytes = 2048 + 2048 + 384 + 204;
    assertThat(run.out().lines())
        .containsSubsequence("--executor-memory", "2048m")
        .contains("spark.executor.memoryOverhead=" + (megabytes - 2048) + "m");
    assertThat(run.out())
        .contains(
            "-Dorg.bytedeco.javacpp.maxbytes=2048m -Dorg.bytedeco.javacpp.maxphysicalbytes="
                + megabytes
                + "m");
  }

  @Test
  void driverAndExecutorsGetTheFlagsOfTheBuild() throws IOException {
    String flags =
        Files.readString(Built.inRepository("spark-app/target/launcher/jvm.options")).strip();

    SparkSubmit.Ended run = yarn().runScript(YARN, "--", "train", "x.conf");

    assertThat(flags).contains("--add-opens=java.base/java.nio=ALL-UNNAMED");
    assertThat(run.out().lines())
        .anyMatch(line -> line.startsWith(flags))
        .anyMatch(line -> line.startsWith("spark.executor.extraJavaOptions=" + flags));
  }

  @Test
  void aSizeThatIsNoneIsRefused() {
    SparkSubmit.Ended run =
        yarn().with("RANKLINE_EXECUTOR_HEAP", "4").runScript(YARN, "--", "train", "x.conf");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("rankline: RANKLINE_EXECUTOR_HEAP must be a size such as 512m or 4g, got '4'\n");
  }

  @Test
  void forgottenDashesAreRefused() {
    SparkSubmit.Ended run = yarn().runScript(YARN, "train", "x.conf");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("rankline: put -- between the options of spark-submit and");
  }

  @Test
  void aMissingSparkOrHadoopIsNamed() {
    SparkSubmit.Ended noSpark =
        yarn().with("SPARK_HOME", "").runScript(STANDALONE, "--", "train", "x.conf");
    SparkSubmit.Ended noHadoop =
        new SparkSubmit(spark).with("HADOOP_CONF_DIR", "").runScript(YARN, "--", "help");
    SparkSubmit.Ended noYarn =
        yarn().with("HADOOP_CONF_DIR", "/nowhere").runScript(YARN, "--", "help");

    assertThat(noSpark.err()).startsWith("rankline: SPARK_HOME is not set; ");
    assertThat(noHadoop.err()).startsWith("rankline: HADOOP_CONF_DIR is not set; ");
    assertThat(noYarn.err())
        .isEqualTo("rankline: HADOOP_CONF_DIR has no yarn-site.xml: /nowhere\n");
  }

  @Test
  void helpIsTheTextAtTheTop() {
    SparkSubmit.Ended run = yarn().runScript(STANDALONE, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("Runs a Rankline command on a Spark standalone cluster:")
        .contains("SPARK_HOME", "docs/operations.md");
  }

  private SparkSubmit yarn() {
    return new SparkSubmit(spark).with("HADOOP_CONF_DIR", folder.toString());
  }
}
