package io.rankline.spark.benchmark;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.spark.testing.RecordFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What does a scan through Spark cost beside the codec alone?
 *
 * <p>Reads the same files in five ways, one after the other, in several rounds: frames and
 * checksums on one thread; the codec on one thread, all features; and through Spark on all cores a
 * {@code count()}, a scan of three columns and a scan of all columns into the {@code noop} sink.
 * Prints for each the median over the rounds with the range, and for Spark the ratio to the codec's
 * time of the same round divided by the number of cores; 1.0 is what a perfect reader would take.
 *
 * <p>Run with the class path of {@code docs/benchmarks.md} and the JVM options of the parent pom's
 * {@code jvm.opens}:
 *
 * <pre>
 *   java -Xmx3g $OPENS -cp $CLASSPATH io.rankline.spark.benchmark.ElwcScanBenchmark FOLDER [MB [ROUNDS]]
 * </pre>
 *
 * <p>It makes its own data in FOLDER where there is none: lists of 1 to 199 items, 136 floats and a
 * label each, in 8 files of 1,024 MB in all.
 */
public final class ElwcScanBenchmark {

  private static final int FILES = 8;

  /** Rounds before those that count: Spark's planner takes many runs to be compiled. */
  private static final int WARM_ROUNDS = 5;

  private static final String CODEC = "codec, 1 thread";

  private ElwcScanBenchmark() {}

  /** See the class's page for the arguments. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : 1024;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 7;
    LogLists.write(folder, FILES, (long) megabytes << 20);
    int cores = Runtime.getRuntime().availableProcessors();
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    Dataset<Row> lists =
        spark.read().format("elwc").option("spec", LogLists.SPEC).load(folder.toString());
    Dataset<Row> three =
        lists.select("custom_features_8", "custom_features_17", "custom_features_117");
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put("frames and checksums, 1 thread", () -> readFrames(folder));
    steps.put(CODEC, () -> decode(folder));
    steps.put("count()", lists::count);
    steps.put("3 columns", () -> drain(three));
    steps.put("all columns", () -> drain(lists));
    Map<String, double[]> seconds = new LinkedHashMap<>();
    Map<String, double[]> cpuSeconds = new LinkedHashMap<>();
    for (int round = -WARM_ROUNDS; round < rounds; round++) {
      for (Map.Entry<String, Step> step : steps.entrySet()) {
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        step.getValue().run();
        double taken = (System.nanoTime() - start) / 1e9;
        double cpuTaken = (cpuNanos() - cpuStart) / 1e9;
        if (round >= 0) {
          seconds.computeIfAbsent(step.getKey(), key -> new double[rounds])[round] = taken;
          cpuSeconds.computeIfAbsent(step.getKey(), key -> new double[rounds])[round] = cpuTaken;
        }
      }
    }
    print("wall clock, x codec / %d cores".formatted(cores), seconds, cores);
    print("CPU time of the process, x codec", cpuSeconds, 1);
    spark.stop();
  }

  private static void print(String title, Map<String, double[]> seconds, int cores) {
    System.out.println(title);
    double[] codec = seconds.getOrDefault(CODEC, new double[0]);
    seconds.forEach(
        (name, taken) -> {
          double[] ratios = new double[taken.length];
          Arrays.setAll(ratios, i -> taken[i] / (codec[i] / cores));
          System.out.printf("  %-32s %-24s s   x %s%n", name, spread(taken), spread(ratios));
        });
  }

  /**
   * CPU time of all threads, JIT and garbage collection included: what other load disturbs less.
   */
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return "%.2f (%.2f to %.2f)"
        .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  private static void drain(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static void readFrames(Path folder) throws IOException {
    RecordFiles files = new RecordFiles(new Configuration());
    for (org.apache.hadoop.fs.Path file : paths(folder)) {
      try (TfRecordReader records =
          new TfRecordReader(files.open(file), file.toString(), CorruptRecordPolicy.FAIL)) {
        while (records.advance()) {
          // checked by being read
        }
      }
    }
  }

  private static void decode(Path folder) throws IOException {
    RecordFiles files = new RecordFiles(new Configuration());
    for (org.apache.hadoop.fs.Path file : paths(folder)) {
      try (RankingListReader lists =
          RankingListReader.open(
              files,
              file,
              RecordFormat.ELWC.decoder(LogLists.spec().labelsAsFeatures()),
              CorruptRecordPolicy.FAIL,
              fault -> {})) {
        while (lists.next() != null) {
          // decoded by being read
        }
      }
    }
  }

  private static List<org.apache.hadoop.fs.Path> paths(Path folder) {
    List<org.apache.hadoop.fs.Path> paths = new ArrayList<>();
    for (Path file : RecordFile.files(folder)) {
      paths.add(new org.apache.hadoop.fs.Path(file.toUri()));
    }
    return paths;
  }

  /** One way to read the files. */
  private interface Step {
    void run() throws IOException;
  }
}
