package io.rankline.spark.training.worker;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.session.FailedBatch;
import io.rankline.spark.training.data.Band;
import io.rankline.spark.training.data.WorkerLists;
import io.rankline.spark.training.job.AveragingReport;
import io.rankline.spark.training.job.AveragingRound;
import io.rankline.spark.training.job.WorkerStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A worker's part of a round: takes its steps on its own lists, and hands its parameters over to be
 * averaged.
 *
 * <p>Faults of the data or the model end in a report, so that Spark does not try again what can
 * only fail again.
 */
public final class AveragingTask
    implements FlatMapFunction<Iterator<Band>, ParameterAveragingTrainingResult> {

  private static final long serialVersionUID = 1;

  private final Broadcast<AveragingRound> round;
  private final CollectionAccumulator<AveragingReport> reports;

  /**
   * A part of that round.
   *
   * @param reports gets one from each worker; two from one whose task was run again
   */
  public AveragingTask(
      Broadcast<AveragingRound> round, CollectionAccumulator<AveragingReport> reports) {
    this.round = round;
    this.reports = reports;
  }

  @Override
  public Iterator<ParameterAveragingTrainingResult> call(Iterator<Band> bands) {
    AveragingRound round = this.round.value();
    int rank = TaskContext.getPartitionId();
    WorkerThreads.hold(round.threads());
    RankingModel model = WorkerModels.take(round.session(), round.blueprint(), rank);
    round.state().restoreInto(model.graph());
    WorkerLists lists =
        new WorkerLists(
            round.order(),
            rank,
            round.input().shuffleExamples(),
            bands,
            () -> KeptBands.of(round.bands(), rank));
    reports.add(train(round, model, lists, rank));
    ParameterAveragingTrainingResult result = result(model.graph(), round.averageUpdaters());
    WorkerModels.giveBack(round.session(), rank, model);
    return List.of(result).iterator();
  }

  private static AveragingReport train(
      AveragingRound round, RankingModel model, WorkerLists lists, int rank) {
    ListBatcher batcher = new ListBatcher(round.input().listSize());
    List<WorkerStep> steps = new ArrayList<>();
    long begin = System.nanoTime();
    long inputNanos = 0;
    // Others may train in another precision: workers only share parameters.
    String fault = round.blueprint().preparation().precision().fault();
    String failure = fault.isEmpty() ? null : "worker %s: %s".formatted(rank, fault);
    for (int k = 0; k < round.steps() && failure == null; k++) {
      long asked = System.nanoTime();
      WorkerLists.Share share = lists.share(round.firstStep() + k);
      if (share.lists().isEmpty()) {
        steps.add(new WorkerStep(0, 0, 0));
        continue;
      }
      ListBatch batch = batcher.batch(share.lists());
      inputNanos += System.nanoTime() - asked;
      String what = null;
      try {
        double loss = model.fitTransformed(batch);
        steps.add(new WorkerStep(loss, batch.batchSize(), batch.validItems()));
        if (!Double.isFinite(loss)) {
          what = "the loss is " + loss;
        }
      } catch (RuntimeException e) {
        // Scores that are NaN, say.
        what = String.valueOf(e.getMessage());
      }
      if (what != null) {
        failure = FailedBatch.ofShare(round.firstStep() + k + 1, rank, what, batch).getMessage();
      }
    }
    return new AveragingReport(
        rank,
        "executor %s on %s"
            .formatted(
                SparkEnv.get().executorId(), SparkEnv.get().blockManager().blockManagerId().host()),
        steps,
        System.nanoTime() - begin,
        inputNanos,
        failure);
  }

  /** Copies: Spark sends them after the model was given back, and DL4J adds up in place. */
  private static ParameterAveragingTrainingResult result(
      ComputationGraph graph, boolean averageUpdaters) {
    INDArray state = averageUpdaters ? graph.getUpdater(true).getUpdaterStateViewArray() : null;
    return new ParameterAveragingTrainingResult(
        graph.params().dup(), state == null ? null : state.dup(), graph.score(), null, null, null);
  }
}
