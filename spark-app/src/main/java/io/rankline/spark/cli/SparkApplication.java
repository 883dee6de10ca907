package io.rankline.spark.cli;

import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** The Spark application that a command runs as: what its cluster asks for, and how it ends. */
final class SparkApplication {

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** Spark's writers name files on executors, in the digits of the locale. */
  private static final String PLAIN_DIGITS = "-Duser.language.format=en";

  private SparkApplication() {}

  /**
   * Starts Spark where the cluster expects every driver to: YARN in cluster mode calls an
   * application failed whose driver started none. Elsewhere commands start it when they need it.
   * Executors write numbers without a language, as drivers do, unless their options say otherwise.
   */
  static void begin(String name) {
    System.setProperty(EXECUTOR_OPTIONS, executorOptions(System.getProperty(EXECUTOR_OPTIONS, "")));
    if (runsInsideYarn()) {
      SparkSession.builder().appName(name).getOrCreate();
    }
  }

  /**
   * Ends the application, and mostly the JVM, so that the cluster and the shell see the status.
   *
   * @param status exit status, 0 if all went well
   * @param fault what went wrong, or null
   */
  static void end(int status, @Nullable String fault) {
    // Where nothing of Spark runs, none of its classes need to be loaded.
    if (SparkEnv.get() != null && SparkSession.getDefaultSession().isDefined()) {
      // In client mode, YARN learns from this status whether the application succeeded.
      SparkSession.getDefaultSession().get().sparkContext().stop(status);
    }
    if (!runsInsideYarn()) {
      // Spark leaves threads behind that would keep the JVM alive (SPARK-49479).
      System.exit(status);
    }
    // YARN calls the application failed when its driver exits by itself, even with 0.
    if (status != ExitCode.OK) {
      throw new FailedRun(fault == null ? "rankline ended with status " + status : fault);
    }
  }

  /** Java takes the last of two options, which is then what was given. */
  static String executorOptions(String given) {
    return (PLAIN_DIGITS + " " + given).strip();
  }

  private static boolean runsInsideYarn() {
    return "cluster".equals(System.getProperty("spark.submit.deployMode"))
        && System.getProperty("spark.master", "").startsWith("yarn");
  }

  /** Becomes YARN's diagnostics of the application; where it was thrown says nothing. */
  private static final class FailedRun extends RuntimeException {

    FailedRun(String fault) {
      super(fault, null, false, false);
    }
  }
}
