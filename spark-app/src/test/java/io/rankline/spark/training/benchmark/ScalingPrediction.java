package io.rankline.spark.training.benchmark;

/**
 * The step time of N workers that a ring predicts: computing, and T = 2 (N - 1) alpha + 2 (N - 1) /
 * N x bytes x beta for the all-reduce (Thakur, Rabenseifner and Gropp, "Optimization of Collective
 * Communication Operations in MPICH", 2005), which this all-reduce does not hide behind computing.
 *
 * <p>Arguments: seconds that a worker computes in a step, millions of parameters, alpha in
 * microseconds, and beta in nanoseconds a byte that the ring itself takes, whatever the network.
 */
public final class ScalingPrediction {

  private static final int[] WORKERS = {2, 4, 8, 16, 32, 64, 128, 256};
  private static final double[] GIGABITS = {1, 10, 100};

  private ScalingPrediction() {}

  /** Prints the table. */
  public static void main(String[] args) {
    double compute = Double.parseDouble(args[0]);
    double bytes = Double.parseDouble(args[1]) * 1e6 * Float.BYTES;
    double alpha = Double.parseDouble(args[2]) * 1e-6;
    double own = Double.parseDouble(args[3]) * 1e-9;
    System.out.printf("%.0f MB of gradient, %.2f s of computing%n", bytes / 1e6, compute);
    for (int workers : WORKERS) {
      StringBuilder row = new StringBuilder("| " + workers);
      for (double gigabits : GIGABITS) {
        double beta = Math.max(own, 8e-9 / gigabits);
        double ring = allReduce(workers, bytes, alpha, beta);
        row.append(
            " | %.3f s, %.0f %%".formatted(compute + ring, 100 * compute / (compute + ring)));
      }
      System.out.println(row + " |");
    }
    for (double gigabits : GIGABITS) {
      double beta = Math.max(own, 8e-9 / gigabits);
      System.out.printf(
          "%.0f Gbit/s: the all-reduce of 64 workers takes a third of the step from %.0f million parameters on%n",
          gigabits, (compute / 2 - 126 * alpha) / (126.0 / 64 * beta) / Float.BYTES / 1e6);
    }
  }

  private static double allReduce(int workers, double bytes, double alpha, double beta) {
    return 2 * (workers - 1) * alpha + 2.0 * (workers - 1) / workers * bytes * beta;
  }
}
