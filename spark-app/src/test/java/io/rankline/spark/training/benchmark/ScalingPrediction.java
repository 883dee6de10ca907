package io.rankline.spark.training.benchmark;

/**
 * The step time of N workers that a ring predicts. Exact sharing takes computing and T = 2 (N - 1)
 * alpha + 2 (N - 1) / N x bytes x beta (Thakur, Rabenseifner and Gropp, "Optimization of Collective
 * Communication Operations in MPICH", 2005), which this all-reduce does not hide behind computing.
 * Threshold sharing takes computing, cutting the update, adding what N workers have sent, and two
 * exchanges in which everybody's message goes round: T = 2 (N - 1) alpha + (N - 1) x message x
 * beta.
 *
 * <p>Arguments: seconds that a worker computes in a step, millions of parameters, alpha in
 * microseconds, beta in nanoseconds a byte that the ring itself takes, whatever the network, the
 * part of the values that is sent, nanoseconds of cutting a parameter's update, and nanoseconds of
 * adding a value that was sent.
 */
public final class ScalingPrediction {

  private static final int[] WORKERS = {2, 4, 8, 16, 32, 64, 128, 256};
  private static final double[] GIGABITS = {1, 10, 100};

  /** Places of a word of a bitmap; beyond one value in as many it is the shorter message. */
  private static final double PLACES_OF_WORD = 16;

  private final double compute;
  private final double parameters;
  private final double alpha;
  private final double ownBeta;
  private final double sent;
  private final double cutting;
  private final double adding;

  private ScalingPrediction(String[] args) {
    compute = Double.parseDouble(args[0]);
    parameters = Double.parseDouble(args[1]) * 1e6;
    alpha = Double.parseDouble(args[2]) * 1e-6;
    ownBeta = Double.parseDouble(args[3]) * 1e-9;
    sent = Double.parseDouble(args[4]);
    cutting = Double.parseDouble(args[5]) * 1e-9;
    adding = Double.parseDouble(args[6]) * 1e-9;
  }

  /** Prints the table. */
  public static void main(String[] args) {
    new ScalingPrediction(args).print();
  }

  private void print() {
    System.out.printf(
        "%.0f MB of gradient, %.2f s of computing; seconds of a step, exact and threshold%n",
        parameters * Float.BYTES / 1e6, compute);
    for (int workers : WORKERS) {
      StringBuilder row = new StringBuilder("| " + workers);
      for (double gigabits : GIGABITS) {
        double beta = beta(gigabits);
        double exact = exact(workers, beta);
        row.append(
            " | %.3f (%.0f %%), %.3f"
                .formatted(exact, 100 * compute / exact, threshold(workers, beta)));
      }
      System.out.println(row + " |");
    }
    for (double gigabits : GIGABITS) {
      double beta = beta(gigabits);
      StringBuilder pays = new StringBuilder();
      for (int workers : WORKERS) {
        if (threshold(workers, beta) < 0.9 * exact(workers, beta)) {
          pays.append(' ').append(workers);
        }
      }
      System.out.printf(
          "%.0f Gbit/s: threshold sharing saves a tenth of a step or more with workers%s%n",
          gigabits, pays.isEmpty() ? " of no number" : pays);
    }
  }

  private double beta(double gigabits) {
    return Math.max(ownBeta, 8e-9 / gigabits);
  }

  private double exact(int workers, double beta) {
    return compute
        + 2 * (workers - 1) * alpha
        + 2.0 * (workers - 1) / workers * parameters * Float.BYTES * beta;
  }

  private double threshold(int workers, double beta) {
    double words = parameters * Math.min(sent, 1 / PLACES_OF_WORD);
    return compute
        + cutting * parameters
        + adding * sent * parameters * workers
        + 2 * (workers - 1) * alpha
        + (workers - 1) * words * Integer.BYTES * beta;
  }
}
