package io.rankline.spark.training.stage;

import io.rankline.spark.training.job.WorkerCounters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Says in the log how far a running stage is, from the executors' heartbeats (every ten seconds
 * unless spark.executor.heartbeatInterval says otherwise).
 */
public final class StageProgress extends SparkListener {

  private static final Logger LOG = LoggerFactory.getLogger(StageProgress.class);
  private static final double NANOS = 1e9;

  private final WorkerCounters counters;
  private final long steps;
  private final int workers;
  private final long begin = System.nanoTime();
  private final Map<Long, long[]> tasks = new HashMap<>();
  private long toldAt;

  public StageProgress(WorkerCounters counters, long steps, int workers) {
    this.counters = counters;
    this.steps = steps;
    this.workers = workers;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        JavaConverters.asJavaCollection(update.accumUpdates())) {
      long[] values = new long[4];
      boolean ours = false;
      for (AccumulableInfo info : JavaConverters.asJavaCollection(task._4())) {
        int place = place(info.id());
        if (place >= 0 && info.update().isDefined()) {
          values[place] = (Long) info.update().get();
          ours = true;
        }
      }
      if (ours) {
        tasks.put((Long) task._1(), values);
      }
    }
    long done = tasks.values().stream().mapToLong(values -> values[0]).max().orElse(0);
    if (tasks.size() >= workers && done > toldAt) {
      toldAt = done;
      tell(done);
    }
  }

  private void tell(long done) {
    double seconds = (System.nanoTime() - begin) / NANOS;
    long lists = tasks.values().stream().mapToLong(values -> values[1]).sum();
    long exchange = tasks.values().stream().mapToLong(values -> values[2]).max().orElse(0);
    long input = tasks.values().stream().mapToLong(values -> values[3]).max().orElse(0);
    LOG.info(
        "step {} of {}, {} lists/s by {} workers, all-reduce with waiting at most {} %, input at"
            + " most {} %",
        done,
        steps,
        String.format(Locale.ROOT, "%.0f", lists / seconds),
        workers,
        String.format(Locale.ROOT, "%.1f", 100 * exchange / NANOS / seconds),
        String.format(Locale.ROOT, "%.1f", 100 * input / NANOS / seconds));
  }

  private int place(long id) {
    if (id == counters.steps().id()) {
      return 0;
    }
    if (id == counters.lists().id()) {
      return 1;
    }
    if (id == counters.exchangeNanos().id()) {
      return 2;
    }
    return id == counters.inputNanos().id() ? 3 : -1;
  }
}
