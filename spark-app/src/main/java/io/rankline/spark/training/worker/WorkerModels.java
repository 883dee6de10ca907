package io.rankline.spark.training.worker;

import io.rankline.model.RankingModel;
import io.rankline.pipeline.replica.ModelBlueprint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The models that this process keeps between jobs of a training: building one costs more than a
 * short epoch. Each is lent to one task at a time.
 */
final class WorkerModels {

  /** As many tasks as an executor is likely to run side by side; more are built again. */
  private static final int MOST_KEPT = Runtime.getRuntime().availableProcessors() + 2;

  private static final Map<Key, RankingModel> IDLE = new LinkedHashMap<>();

  private record Key(String session, int rank) {}

  private WorkerModels() {}

  /** A model of that training for that rank; its state is whatever it was. */
  static RankingModel take(String session, ModelBlueprint blueprint, int rank) {
    Key key = new Key(session, rank);
    synchronized (IDLE) {
      // A training that is over leaves its models behind: they go as soon as another one begins.
      IDLE.keySet().removeIf(known -> !known.session().equals(session));
      RankingModel kept = IDLE.remove(key);
      if (kept != null) {
        return kept;
      }
    }
    return blueprint.build(rank);
  }

  /** Gives a model back that is as it should be. */
  static void giveBack(String session, int rank, RankingModel model) {
    synchronized (IDLE) {
      IDLE.put(new Key(session, rank), model);
      while (IDLE.size() > MOST_KEPT) {
        IDLE.remove(IDLE.keySet().iterator().next());
      }
    }
  }
}
