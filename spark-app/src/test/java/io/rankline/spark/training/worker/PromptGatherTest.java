package io.rankline.spark.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.LocalSpark;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Barrier stages of two tasks in one process. */
@Tag("spark")
class PromptGatherTest {

  /** By Spark's own call, the first waits for a second. Other work can slow a round down. */
  @Test
  void tasksMeetInLessThanASecond() {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      best = Math.min(best, meet(50).stream().mapToLong(Meeting::millis).max().orElseThrow());
    }

    assertThat(best).isLessThan(700);
  }

  @Test
  void allHearWhatAllSaidInTheirOrderAndAreNotInterruptedAfterwards() {
    List<Meeting> meetings = meet(50);

    assertThat(meetings).extracting(Meeting::heard).containsOnly("said by 0, said by 1");
    assertThat(meetings).extracting(Meeting::interrupted).containsOnly(false);
  }

  /**
   * @param lateMillis how much later the second task comes
   */
  private static List<Meeting> meet(int lateMillis) {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
        .parallelize(List.of(0, 1), 2)
        .rdd()
        .barrier()
        .mapPartitions(new Attendance(lateMillis), false, ClassTag$.MODULE$.apply(Meeting.class))
        .toJavaRDD()
        .collect();
  }

  private record Meeting(String heard, long millis, boolean interrupted) implements Serializable {}

  private static final class Attendance
      extends AbstractFunction1<Iterator<Integer>, Iterator<Meeting>> implements Serializable {

    private static final long serialVersionUID = 1;

    private final int lateMillis;

    Attendance(int lateMillis) {
      this.lateMillis = lateMillis;
    }

    @Override
    public Iterator<Meeting> apply(Iterator<Integer> ranks) {
      BarrierTaskContext context = BarrierTaskContext.get();
      int rank = context.partitionId();
      try {
        Thread.sleep((long) rank * lateMillis);
        long begin = System.nanoTime();
        String heard = String.join(", ", PromptGather.of(context, "said by " + rank));
        long millis = (System.nanoTime() - begin) / 1_000_000;
        // Until an interrupt that is still under way would have come.
        Thread.sleep(50);
        Meeting meeting = new Meeting(heard, millis, Thread.currentThread().isInterrupted());
        return JavaConverters.asScalaIterator(List.of(meeting).iterator());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
