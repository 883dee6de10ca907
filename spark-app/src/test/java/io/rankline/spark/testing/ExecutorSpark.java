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

/**
 * A Spark session whose executors are processes of their own on this machine. Only one session can
 * be at a time in a JVM; it ends with the JVM, or when another one is asked for.
 */
public final class ExecutorSpark {

  private static final Shape NONE = new Shape(0, 0, Map.of());

  private static Shape running = NONE;

  private ExecutorSpark() {}

  /**
   * The session that runs, if it was started like this, as classes of tests share one: a start
   * takes longer than most tests. Else a new one in its place.
   *
   * @param executors number of processes
   * @param cores slots of each
   */
  public static SparkSession start(int executors, int cores, Map<String, String> settings) {
    Shape asked = new Shape(executors, cores, Map.copyOf(settings));
    if (SparkSession.getDefaultSession().isDefined() && asked.equals(running)) {
      return SparkSession.getDefaultSession().get();
    }
    stop();
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
            .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
            // After an executor was lost: how soon Spark looks for slots again, by default 15 s.
            .config("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    settings.forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    running = asked;
    return session;
  }

  /** Ends the session that was started here, if it runs. */
  static void stopExecutors() {
    if (!running.equals(NONE)) {
      stop();
    }
  }

  /** Ends the session of this JVM, whoever started it. */
  public static void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
    running = NONE;
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  /** JVM options that executors are started with, unless settings say otherwise. */
  public static String javaOptions() {
    return System.getProperty("rankline.jvm.opens", "")
        + " "
        + System.getProperty("rankline.jvm.tests", "-XX:+UseSerialGC")
        + " -Xss2m -Dlog4j2.level=warn";
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

  private record Shape(int executors, int cores, Map<String, String> settings) {}

  /** Spark looks for jars in its home; executors find theirs on the class path. */
  private static void requireHome() {
    String home = System.getenv("SPARK_HOME");
    if (home == null) {
      throw new IllegalStateException(
          "SPARK_HOME must be set to a folder of the build, as pom.xml does");
    }
    try {
      Files.createDirectories(Path.of(home, "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
