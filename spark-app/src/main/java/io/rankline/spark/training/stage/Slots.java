package io.rankline.spark.training.stage;

import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many tasks the application can run side by side: the most workers it can have. */
public final class Slots {

  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
  private static final long POLL_MILLIS = 200;
  private static final Duration LAST_LOOK = Duration.ofSeconds(5);

  private Slots() {}

  /**
   * Settles the number of workers, and waits until there are slots for all of them.
   *
   * @param asked number of workers; null for as many as there are slots
   * @param patience how long to wait
   * @param whyFixed why the number of executors must not change, for the message
   * @throws IllegalArgumentException if there are fewer slots, or dynamic allocation would take
   *     them away
   */
  public static int workers(
      JavaSparkContext spark, @Nullable Integer asked, Duration patience, String whyFixed) {
    require(spark, asked, whyFixed);
    int wanted = asked == null ? Math.max(1, announced(spark)) : asked;
    // More than the cluster manager was ever asked for will not come.
    boolean hopeless = announced(spark) > 0 && announced(spark) < wanted;
    Duration limit = hopeless && patience.compareTo(LAST_LOOK) > 0 ? LAST_LOOK : patience;
    LostExecutors lost = new LostExecutors();
    spark.sc().addSparkListener(lost);
    try {
      int slots = await(spark, wanted, limit);
      if (asked == null) {
        if (slots == 0) {
          throw new IllegalArgumentException(
              "the application has no slot after %s s (%s); ask for executors, or raise strategy_options.slots_timeout"
                  .formatted(patience.toSeconds(), where(spark, lost)));
        }
        return slots;
      }
      if (slots < asked) {
        throw tooFew(spark, asked, slots, lost);
      }
      return asked;
    } finally {
      spark.sc().removeSparkListener(lost);
    }
  }

  /**
   * Refuses what no waiting changes: dynamic allocation, and more workers than there are cores of
   * the one machine that a local master has.
   *
   * @param asked number of workers; null for as many as there are slots
   * @param whyFixed why the number of executors must not change, for the message
   * @throws IllegalArgumentException saying what to set
   */
  public static void require(JavaSparkContext spark, @Nullable Integer asked, String whyFixed) {
    if (spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new IllegalArgumentException(
          whyFixed
              + "; set spark.dynamicAllocation.enabled=false and spark.executor.instances to a"
              + " number");
    }
    if (asked != null && spark.isLocal() && now(spark.sc()) < asked) {
      throw tooFew(spark, asked, now(spark.sc()), new LostExecutors());
    }
  }

  private static IllegalArgumentException tooFew(
      JavaSparkContext spark, int asked, int slots, LostExecutors lost) {
    return new IllegalArgumentException(
        "strategy_options.num_workers is %s, but the application has %s slots (%s); ask for fewer workers, or for more executors or cores"
            .formatted(asked, slots, where(spark, lost)));
  }

  /** Threads of one worker: the cores that Spark gives a task. */
  public static int threadsOfWorker(JavaSparkContext spark) {
    return Math.max(1, spark.getConf().getInt("spark.task.cpus", 1));
  }

  /**
   * How many tasks the application can run side by side: waits for executors that were asked of the
   * cluster manager, if need be.
   *
   * @param patience how long to wait for them
   * @throws IllegalArgumentException if there is no slot
   */
  public static int available(JavaSparkContext spark, Duration patience) {
    LostExecutors lost = new LostExecutors();
    spark.sc().addSparkListener(lost);
    try {
      int slots = await(spark, Math.max(1, announced(spark)), patience);
      if (slots == 0) {
        throw new IllegalArgumentException(
            "the application has no slot after %s s (%s); ask for executors"
                .formatted(patience.toSeconds(), where(spark, lost)));
      }
      return slots;
    } finally {
      spark.sc().removeSparkListener(lost);
    }
  }

  /** Tasks that one executor runs side by side; of several sizes about the mean. */
  public static int ofAnExecutor(JavaSparkContext spark) {
    int cores = spark.getConf().getInt("spark.executor.cores", 0);
    if (cores > 0 && !spark.isLocal()) {
      return Math.max(1, cores / threadsOfWorker(spark)); // also before there is one
    }
    int executors = Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
    int slots = Math.max(1, now(spark.sc()));
    return spark.isLocal() ? slots : (slots + executors - 1) / executors;
  }

  static int now(SparkContext spark) {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }

  /** Waits until there are enough slots; gives how many there are in the end. */
  static int await(JavaSparkContext spark, int wanted, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    int slots = now(spark.sc());
    boolean said = false;
    while (slots < wanted && System.nanoTime() < end) {
      if (!said) {
        LOG.info("waiting for {} slots, {} are there", wanted, slots);
        said = true;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return slots;
      }
      slots = now(spark.sc());
    }
    return slots;
  }

  /** Slots that were asked of the cluster manager; 0 where that is not known. */
  private static int announced(JavaSparkContext spark) {
    int cpus = threadsOfWorker(spark);
    if (spark.isLocal()) {
      return now(spark.sc());
    }
    String master = spark.master();
    if (master.startsWith("local-cluster")) {
      String[] numbers = master.replaceAll("[^0-9,]", "").split(",", -1);
      return Integer.parseInt(numbers[0]) * (Integer.parseInt(numbers[1]) / cpus);
    }
    // YARN and Kubernetes give two executors of one core by default.
    boolean managed = master.startsWith("yarn") || master.startsWith("k8s");
    int executors = spark.getConf().getInt("spark.executor.instances", managed ? 2 : 0);
    int cores = spark.getConf().getInt("spark.executor.cores", managed ? 1 : 0);
    int most = spark.getConf().getInt("spark.cores.max", 0);
    if (executors > 0 && cores > 0) {
      return executors * (cores / cpus);
    }
    return most / cpus;
  }

  private static String where(JavaSparkContext spark, LostExecutors lost) {
    int executors = Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
    String gone = lost.words();
    return spark.isLocal()
        ? "master " + spark.master()
        : "master %s, %s executors%s"
            .formatted(spark.master(), executors, gone.isEmpty() ? "" : "; " + gone);
  }
}
