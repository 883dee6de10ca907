#!/usr/bin/env bash
# Spark's barrier stages (spark-core_2.12 3.5.5): a meeting of tasks takes whole seconds.
#
# BarrierTaskContext.allGather and barrier() ask the driver, which answers within milliseconds once the last task is
# there. A task looks for the answer once, and then sleeps a second before it looks again. So whoever does not come
# last waits a second at least, however soon the last one comes; a training that begins a stage each epoch idles a
# second an epoch. An interrupt of the task's thread ends the sleep, and is taken for no more than a reason to look.
#
# Seen (local[2], JDK 17), two tasks, one of them 100 ms late, time of the other, 5 calls: 1000 to 1013 ms; the
# same with an interrupt of the task's thread every 10 ms: 72 to 113 ms.
#
# After stop(), threads of barrier stages that are no daemons are still there ("Barrier task timer for barrier() calls.",
# "BarrierCoordinator barrier epoch increment timer"): the program does not end before it calls System.exit.
# Fails if a call takes less than 0.95 s, or if all of those with interrupts take more than 0.5 s, or if no such
# thread is left.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-core_2.12</artifactId>
      <version>3.5.5</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath

cat > Meeting.java <<'JAVA'
import java.io.Serializable;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

public class Meeting {

  static class Task extends AbstractFunction1<Iterator<Integer>, Iterator<Long>> implements Serializable {
    final boolean interrupts;

    Task(boolean interrupts) {
      this.interrupts = interrupts;
    }

    @Override
    public Iterator<Long> apply(Iterator<Integer> unused) {
      Thread task = Thread.currentThread();
      if (BarrierTaskContext.get().partitionId() == 1) {
        try {
          Thread.sleep(100);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      boolean[] over = {false};
      Thread waker = new Thread(() -> {
        synchronized (over) {
          try {
            over.wait(10);
            while (!over[0]) {
              task.interrupt();
              over.wait(10);
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      });
      waker.setDaemon(true);
      if (interrupts) {
        waker.start();
      }
      long begin = System.nanoTime();
      BarrierTaskContext.get().allGather("here");
      long millis = (System.nanoTime() - begin) / 1_000_000;
      synchronized (over) {
        over[0] = true;
        over.notifyAll();
      }
      Thread.interrupted();
      return JavaConverters.asScalaIterator(List.of(millis).iterator());
    }
  }

  public static void main(String[] args) {
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("meeting").set("spark.ui.enabled", "false");
    long shortest = Long.MAX_VALUE;
    long woken = Long.MAX_VALUE;
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      for (int call = 0; call < 10; call++) {
        boolean interrupts = call % 2 == 1;
        List<Long> times = spark.parallelize(List.of(1, 2), 2).rdd().barrier()
            .mapPartitions(new Task(interrupts), false, ClassTag$.MODULE$.<Long>apply(Long.class)).toJavaRDD().collect();
        long time = Math.max(times.get(0), times.get(1));
        System.out.println((interrupts ? "with interrupts " : "allGather ") + time + " ms");
        if (interrupts) {
          woken = Math.min(woken, time);
        } else {
          shortest = Math.min(shortest, time);
        }
      }
    }
    List<String> left = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && thread.getName().contains("arrier")).map(Thread::getName).toList();
    System.out.println("left after stop(): " + left);
    boolean changed = shortest < 950 || woken > 500 || left.isEmpty();
    if (changed) {
      System.out.println("changed: allGather took " + shortest + " ms, and " + woken + " ms with interrupts");
    }
    System.exit(changed ? 1 : 0);
  }
}
JAVA
javac -cp "$(cat classpath)" Meeting.java
opens=$(printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' java.lang java.lang.invoke java.net java.nio java.util \
  java.util.concurrent sun.nio.ch sun.util.calendar)
# shellcheck disable=SC2086 # several options
SPARK_LOCAL_IP=127.0.0.1 java $opens -cp ".:$(cat classpath)" Meeting 2>log || { cat log; exit 1; }
