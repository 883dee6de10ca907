package io.rankline.spark.training.worker;

import io.rankline.data.ListBatcher;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.validation.ModelValidator;
import io.rankline.pipeline.validation.Validation;
import io.rankline.spark.training.data.Band;
import io.rankline.spark.training.job.EvaluationJob;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Evaluates a model on the batches of a partition; nothing from a partition without any. */
public final class EvaluationTask implements FlatMapFunction<Iterator<Band>, Validation> {

  private static final long serialVersionUID = 1;

  private final Broadcast<EvaluationJob> job;

  /** A part of that evaluation. */
  public EvaluationTask(Broadcast<EvaluationJob> job) {
    this.job = job;
  }

  @Override
  public Iterator<Validation> call(Iterator<Band> batches) {
    EvaluationJob job = this.job.value();
    int partition = TaskContext.getPartitionId();
    ListBatcher batcher = new ListBatcher(job.input().listSize());
    WorkerThreads.hold(job.threads());
    // What a model draws in training is of no account here, so the worker's own one will do.
    RankingModel model = WorkerModels.take(job.session(), job.blueprint(), partition);
    job.state().restoreInto(model.graph());
    ModelValidator evaluator =
        new ModelValidator(model, job.metrics(), job.weightedMetrics(), job.samples());
    boolean any = false;
    while (batches.hasNext()) {
      Band batch = batches.next();
      if (batch.index() >= job.batches()) {
        break;
      }
      evaluator.add(batcher.batch(batch.lists()));
      any = true;
    }
    WorkerModels.giveBack(job.session(), partition, model);
    return any ? List.of(evaluator.validation()).iterator() : List.<Validation>of().iterator();
  }
}
