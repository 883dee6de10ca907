package io.rankline.cluster.trees;

import com.sun.management.OperatingSystemMXBean;
import io.rankline.config.RunConfig;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.Callback;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * How long trees grow in one process with a thread for each processor, and on one and on two
 * executors of a thread, in turns. The time of the processors is that of the stages that grow
 * trees, or of this process; other work on the machine hardly counts in it.
 */
final class TreesBenchmark {

  private static final double NANOS = 1e9;

  private TreesBenchmark() {}

  /** Takes a configuration of trees, whose data is there, and the number of rounds. */
  public static void main(String[] args) throws Exception {
    SparkSession spark = TwoExecutors.start("2g", "");
    TwoExecutors.processes(spark);
    Path folder = Files.createTempDirectory("trees");
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("one process", List.of());
    kinds.put("one executor", onExecutors(1));
    kinds.put("two executors", onExecutors(2));
    System.out.printf(
        "%-6s %-14s %10s %14s %12s%n", "round", "", "time (s)", "processor (s)", "NDCG@10");
    for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
      for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
        List<String> settings = new ArrayList<>(kind.getValue());
        settings.add("pipeline.model_dir=" + Files.createTempDirectory(folder, "run"));
        RunConfig run = RunConfig.load(Path.of(args[0]), settings);
        GrowingStages stages = GrowingStages.undisturbed();
        spark.sparkContext().addSparkListener(stages);
        long here = processor();
        long begin = System.nanoTime();
        TrainingResult result = run.pipeline().withProgress(new Callback() {}).trainAndValidate();
        long took = System.nanoTime() - begin;
        long there = stages.processor().toNanos();
        System.out.printf(
            Locale.ROOT,
            "%-6s %-14s %10.1f %14.1f %12.4f%n",
            round,
            kind.getKey(),
            took / NANOS,
            (there > 0 ? there : processor() - here) / NANOS,
            result.lastEpoch().value("val_metric/ndcg_10").orElseThrow());
      }
    }
    spark.stop();
    // Spark leaves threads behind that would keep the JVM alive.
    System.exit(0);
  }

  /** Nanoseconds of this process. */
  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static List<String> onExecutors(int workers) {
    return List.of(
        "pipeline.strategy=MultiWorkerMirroredStrategy",
        "pipeline.strategy_options.num_workers=" + workers);
  }
}
