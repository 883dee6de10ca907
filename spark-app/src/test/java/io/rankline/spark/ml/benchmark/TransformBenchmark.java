package io.rankline.spark.ml.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.rankline.spark.ml.NeuralRanker;
import io.rankline.spark.ml.NeuralRankerModel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Items a second of {@code transform} with local[2] on 136 features in an array of floats, beside
 * the bare products of the layers in as many threads, which take turns with it; and the most memory
 * that was in use on the heap meanwhile.
 *
 * <p>Arguments: thousands of items, number of rounds, widths of the hidden layers, and {@code
 * cached} to make the rows once, before the rounds. Otherwise rows are made as they are asked for:
 * nothing but the scoring holds them. Ratios of processor time are steadier where other work is
 * going on.
 */
public final class TransformBenchmark {

  private static final int FEATURES = 136;
  private static final int BLOCK = 2048;
  private static final int THREADS = 2;

  private TransformBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    int[] hidden = Arrays.stream(args[2].split(",")).mapToInt(Integer::parseInt).toArray();
    NeuralRankerModel model =
        new NeuralRanker()
            .setGroupCol("qid")
            .setScorer(
                "{ type = dnn, hidden_layer_dims = [%s], use_batch_norm = true }"
                    .formatted(args[2]))
            .setNumEpochs(1)
            .setOption("steps_per_epoch", 1)
            .fit(BenchmarkItems.of(spark, 6400));
    Dataset<Row> logs = BenchmarkItems.of(spark, Long.parseLong(args[0]) * 1000);
    boolean cached = List.of(args).contains("cached");
    if (cached) {
      logs = logs.cache();
    }
    long count = logs.count();
    for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
      long processor = processorTime();
      long begin = System.nanoTime();
      long multiplied =
          IntStream.range(0, THREADS).parallel().mapToLong(thread -> products(hidden)).sum();
      double products = multiplied / seconds(begin);
      double productCost = (double) (processorTime() - processor) / multiplied;
      processor = processorTime();
      begin = System.nanoTime();
      // Collections take time, so they are not asked for where speed counts.
      LiveHeap heap = cached ? null : LiveHeap.watch();
      model.transform(logs).write().format("noop").mode("overwrite").save();
      double scored = count / seconds(begin);
      double cost = (double) (processorTime() - processor) / count;
      System.out.printf(
          Locale.ROOT,
          "round %d, %d items: products %.0f items/s, transform %.0f items/s, %.2f; of processor"
              + " time %.1f and %.1f us an item, %.2f%s%n",
          round,
          count,
          products,
          scored,
          scored / products,
          productCost / 1e3,
          cost / 1e3,
          productCost / cost,
          heap == null ? "" : "; live heap at most %d MiB".formatted(heap.most() >> 20));
      if (heap != null) {
        heap.close();
      }
    }
    spark.stop();
    System.exit(0);
  }

  /** How many items were multiplied in some seconds. */
  private static long products(int[] hidden) {
    INDArray[] weights = new INDArray[hidden.length + 1];
    int width = FEATURES;
    for (int k = 0; k < weights.length; k++) {
      int next = k < hidden.length ? hidden[k] : 1;
      weights[k] = Nd4j.rand('f', width, next);
      width = next;
    }
    INDArray input = Nd4j.rand('f', BLOCK, FEATURES);
    long begin = System.nanoTime();
    long items = 0;
    while (seconds(begin) < 5) {
      INDArray rows = input;
      for (INDArray weight : weights) {
        rows = rows.mmul(weight);
      }
      items += BLOCK;
    }
    return items;
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
