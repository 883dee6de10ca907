package io.rankline.cluster.trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A session with two executors, processes of this machine with a slot each. */
final class TwoExecutors {

  private static final int EXECUTORS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TwoExecutors() {}

  static SparkSession start() {
    return start("700m", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  }

  /**
   * Starts them.
   *
   * @param heap of each, as Java's option has it
   * @param options of their JVMs
   */
  static SparkSession start(String heap, String options) {
    requireHome();
    return SparkSession.builder()
        .master("local-cluster[%d,1,4096]".formatted(EXECUTORS))
        .appName("trees")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", heap)
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config(
            "spark.executor.extraJavaOptions",
            System.getProperty("rankline.jvm.opens", "") + " -Xss2m " + options)
        .config("spark.executorEnv.OMP_NUM_THREADS", "1")
        .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
        // After an executor was lost: how soon Spark looks for slots again, by default 15 s.
        .config("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .getOrCreate();
  }

  /** The executors' processes, by the executors' names. */
  static Map<String, ProcessHandle> processes(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, ProcessHandle> processes = new TreeMap<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Integer> tasks = IntStream.range(0, 4 * EXECUTORS).boxed().toList();
    while (processes.size() < EXECUTORS && System.nanoTime() < end) {
      for (String text :
          context
              .parallelize(tasks, tasks.size())
              .map(task -> SparkEnv.get().executorId() + " " + ProcessHandle.current().pid())
              .collect()) {
        String[] parts = text.split(" ", -1);
        processes.put(parts[0], ProcessHandle.of(Long.parseLong(parts[1])).orElseThrow());
      }
    }
    return processes;
  }

  /** Waits until XGBoost's processes have met once more: it writes a line then. */
  static void awaitMeeting(SparkSession spark, String executor) {
    Path log =
        Path.of(
            System.getenv("SPARK_HOME"),
            "work",
            spark.sparkContext().applicationId(),
            executor,
            "stderr");
    long before = meetings(log);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (meetings(log) == before && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static long meetings(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("got rank")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark looks for jars in its home; executors find theirs on the class path. */
  private static void requireHome() {
    try {
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
