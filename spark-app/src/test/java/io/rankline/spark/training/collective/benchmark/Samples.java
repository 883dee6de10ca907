package io.rankline.spark.training.collective.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Times of one way of moving the values, by round. */
final class Samples {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final String name;
  private final double[] millis;

  /** All rounds together: the clock of the processor's time counts hundredths of a second. */
  private double processorMillis;

  /** What is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  Samples(String name, int rounds) {
    this.name = name;
    this.millis = new double[rounds];
  }

  /** Times the work; rounds below 0 are to warm up. */
  void time(int round, Work work) throws Exception {
    long start = System.nanoTime();
    long processor = SYSTEM.getProcessCpuTime();
    work.run();
    if (round >= 0) {
      millis[round] = (System.nanoTime() - start) * 1e-6;
      processorMillis += (SYSTEM.getProcessCpuTime() - processor) * 1e-6;
    }
  }

  /** "ring; 2.9 (2.2 to 7.6) ms; copy x 1.2 (0.9 to 3.4); processor 4.91 ms". */
  String against(Samples copies) {
    double[] ratios = new double[millis.length];
    Arrays.setAll(ratios, round -> millis[round] / copies.millis[round]);
    return "%s; %s ms; copy x %s; processor %.2f ms"
        .formatted(name, median(millis, 1), median(ratios, 1), processorMillis / millis.length);
  }

  /** "ring; alpha 24.2 (21.3 to 54.1) us". */
  String alpha(double hops) {
    return "%s; alpha %s us".formatted(name, median(millis, hops));
  }

  private static String median(double[] values, double divisor) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return "%.2f (%.2f to %.2f)"
        .formatted(
            sorted[sorted.length / 2] / divisor,
            sorted[0] / divisor,
            sorted[sorted.length - 1] / divisor);
  }
}
