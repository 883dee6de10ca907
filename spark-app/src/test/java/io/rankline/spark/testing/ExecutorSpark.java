package io.rankline.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A Spark session whose executors are processes of their own on this machine. */
public final class ExecutorSpark {

  private ExecutorSpark() {}

  /**
   * Starts one; only one session can be at a time in a JVM.
   *
   * @param executors number of processes
   * @param cores slots of each
   */
  public static SparkSession start(int executors, int cores, Map<String, String> settings) {
    requireHome();
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local-cluster[%d,%d,4096]".formatted(executors, cores))
            .appName("executors")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "900m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", javaOptions())
            .config("spark.executorEnv.OMP_NUM_THREADS", "1")
            .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1");
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** JVM options that executors are started with, unless settings say otherwise. */
  public static String javaOptions() {
    return System.getProperty("rankline.jvm.opens", "")
        + " -XX:+UseSerialGC -Xss2m -Dlog4j2.level=warn";
  }

  /** The executors' processes, by the executors' names; each has to have a free slot. */
  public static SortedMap<String, ProcessHandle> processes(SparkSession spark, int executors) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SortedMap<String, ProcessHandle> processes = new TreeMap<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (processes.size() < executors && System.nanoTime() < end) {
      processes.clear();
      List<Integer> tasks = IntStream.range(0, 4 * executors).boxed().toList();
      context
          .parallelize(tasks, tasks.size())
          .map(task -> SparkEnv.get().executorId() + " " + ProcessHandle.current().pid())
          .collect()
          .forEach(
              text -> {
                String[] parts = text.split(" ", -1);
                processes.put(parts[0], ProcessHandle.of(Long.parseLong(parts[1])).orElseThrow());
              });
    }
    return processes;
  }

  /** Sends a signal, as {@code KILL}, {@code STOP} or {@code CONT}. */
  public static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Spark looks for jars in its home; executors find theirs on the class path. */
  private static void requireHome() {
    String home = System.getenv("SPARK_HOME");
    if (home == null) {
      throw new IllegalStateException(
          "SPARK_HOME must be set to a folder of the build, and SPARK_TESTING to 1, as pom.xml does");
    }
    try {
      Files.createDirectories(Path.of(home, "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
