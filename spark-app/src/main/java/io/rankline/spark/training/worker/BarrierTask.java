package io.rankline.spark.training.worker;

import io.rankline.spark.training.data.Band;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * A worker of a barrier stage: does its work on its partition of the lists, together with the
 * others, and reports.
 *
 * <p>Faults of the data or the model end in a report, so that Spark does not try again what can
 * only fail again. Faults of the cluster end the task with an error, and the driver runs the stage
 * anew.
 *
 * @param <R> what it reports
 */
abstract class BarrierTask<R>
    extends AbstractFunction1<scala.collection.Iterator<Band>, scala.collection.Iterator<R>>
    implements Serializable {

  private static final long serialVersionUID = 1;

  private static final long KILL_POLL_MILLIS = 100;

  @Override
  @SuppressWarnings("try")
  public final scala.collection.Iterator<R> apply(scala.collection.Iterator<Band> bands) {
    BarrierTaskContext context = BarrierTaskContext.get();
    // Spark only notes that the tasks of a failed barrier stage are to end: a worker that waits for
    // one that is gone would hold its slot until its patience is at an end.
    try (Interrupter whenKilled =
        new Interrupter("rankline-kill-watch", KILL_POLL_MILLIS, context::isInterrupted)) {
      R report = run(context, JavaConverters.asJavaIterator(bands));
      return JavaConverters.asScalaIterator(List.of(report).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The work on a partition. */
  abstract R run(BarrierTaskContext context, Iterator<Band> bands) throws IOException;

  /** Waits for the others; those of all, by rank. */
  static List<Arrival> meet(BarrierTaskContext context, Arrival own) {
    return Arrays.stream(PromptGather.of(context, own.text())).map(Arrival::ofText).toList();
  }

  /** The address of this executor, as Spark knows it. */
  static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  /** This executor, for messages. */
  static String where() {
    return "executor %s on %s".formatted(SparkEnv.get().executorId(), host());
  }
}
