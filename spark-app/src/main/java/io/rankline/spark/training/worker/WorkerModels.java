package io.rankline.spark.training.worker;

import io.rankline.model.RankingModel;
import io.rankline.pipeline.replica.ModelBlueprint;

/** The models of this process's workers. */
final class WorkerModels {

  /** As many tasks as an executor is likely to run side by side; more are built again. */
  private static final int MOST_KEPT = Runtime.getRuntime().availableProcessors() + 2;

  private static final Kept<RankingModel> KEPT = new Kept<>(MOST_KEPT, model -> {});

  private WorkerModels() {}

  /** A model of that training for that rank; its state is whatever it was. */
  static RankingModel take(String session, ModelBlueprint blueprint, int rank) {
    RankingModel kept = KEPT.take(session, rank);
    return kept == null ? blueprint.build(rank) : kept;
  }

  /** Gives a model back that is as it should be. */
  static void giveBack(String session, int rank, RankingModel model) {
    KEPT.giveBack(session, rank, model);
  }
}
