package io.rankline.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Executors of one core, each a process of this machine, as a standalone cluster starts them. */
record ExecutorProcesses(SparkSession spark, int count) implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(2);

  /** Starts a cluster and its executors; those that end are replaced. */
  static ExecutorProcesses start(int count) throws IOException {
    // Spark looks for jars in its home; executors find theirs on the class path.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[%d,1,2048]".formatted(count))
            .appName("workers table")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "900m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC")
            .config("spark.executorEnv.OMP_NUM_THREADS", "1")
            .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "4")
            // After an executor was lost: how soon Spark looks for slots again, by default 15 s.
            .config("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
            .getOrCreate();
    ExecutorProcesses executors = new ExecutorProcesses(spark, count);
    executors.processes();
    return executors;
  }

  /** The processes by the executors' names, once all of them are there. */
  Map<String, ProcessHandle> processes() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> tasks = IntStream.range(0, 4 * count).boxed().toList();
    Map<String, ProcessHandle> processes = new TreeMap<>();
    long end = System.nanoTime() + TO_START.toNanos();
    while (processes.size() < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%d of %d executors are there after %s".formatted(processes.size(), count, TO_START));
      }
      processes.clear();
      context
          .parallelize(tasks, tasks.size())
          .map(task -> new Tuple2<>(SparkEnv.get().executorId(), ProcessHandle.current().pid()))
          .collect()
          .forEach(entry -> processes.put(entry._1(), ProcessHandle.of(entry._2()).orElseThrow()));
    }
    return processes;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
