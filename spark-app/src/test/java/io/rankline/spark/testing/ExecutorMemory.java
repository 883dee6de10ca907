package io.rankline.spark.testing;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What an executor's process holds after garbage was collected, in MiB.
 *
 * @param heap objects
 * @param resident pages of the whole process; ND4J's arrays are counted nowhere else
 * @param most pages that it ever had at once
 */
public record ExecutorMemory(double heap, double resident, double most) implements Serializable {

  private static final double MIB = 1 << 20;
  private static final double KIB_A_MIB = 1024;

  /** Of every executor, by its name. */
  public static SortedMap<String, ExecutorMemory> of(SparkSession spark, int executors) {
    // Several tasks an executor: with one, an executor that is free first may take both.
    List<Integer> tasks = IntStream.range(0, 4 * executors).boxed().toList();
    SortedMap<String, ExecutorMemory> memory = new TreeMap<>();
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(tasks, tasks.size())
        .map(task -> new Sample(SparkEnv.get().executorId(), here()))
        .collect()
        .forEach(sample -> memory.put(sample.executor(), sample.memory()));
    return memory;
  }

  private record Sample(String executor, ExecutorMemory memory) implements Serializable {}

  private static ExecutorMemory here() throws IOException, InterruptedException {
    // Arrays go when the collector has found that nobody holds them, on a thread of its own.
    for (int k = 0; k < 3; k++) {
      System.gc();
      Thread.sleep(30);
    }
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    return new ExecutorMemory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB,
        kib(status, "VmRSS:") / KIB_A_MIB,
        kib(status, "VmHWM:") / KIB_A_MIB);
  }

  private static long kib(List<String> status, String name) {
    List<String> found = new ArrayList<>(status);
    found.removeIf(line -> !line.startsWith(name));
    return Long.parseLong(found.get(0).replaceAll("[^0-9]", ""));
  }
}
