package io.rankline.pipeline;

import io.rankline.pipeline.callback.BestModel;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EarlyStopping;
import io.rankline.pipeline.callback.ReduceLrOnPlateau;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is called during a run, in an order that checkpoints rely on: they name each by its place.
 */
final class RunCallbacks {

  private final @Nullable BestModel best;
  private final List<Callback> all;

  /**
   * Those of a run.
   *
   * @param best keeps the best model; null where none is kept
   * @param built what the pipeline has
   * @param lease whose state no checkpoint keeps
   * @param watching nor that of those
   */
  RunCallbacks(
      @Nullable BestModel best, List<Callback> built, LeaseCheck lease, List<Callback> watching) {
    this.best = best;
    this.all = new ArrayList<>();
    if (best != null) {
      all.add(best);
    }
    all.addAll(built);
    // Behind those that checkpoints name.
    all.add(lease);
    all.addAll(watching);
  }

  /** What the hyperparameters ask for: a falling learning rate, early stopping. */
  static List<Callback> asked(PipelineHparams hparams, Measures measures) {
    List<Callback> asked = new ArrayList<>();
    if (hparams.automaticReduceLr()) {
      asked.add(ReduceLrOnPlateau.builder().monitor(measures.plateau()).build());
    }
    if (hparams.earlyStoppingPatience() > 0) {
      asked.add(
          new EarlyStopping(
              measures.best(), hparams.earlyStoppingMinDelta(), hparams.earlyStoppingPatience()));
    }
    return asked;
  }

  /**
   * Makes sure that what they monitor will be measured.
   *
   * @throws IllegalArgumentException naming the values that there are
   */
  void requireMeasured(Measures measures, Set<String> tasks) {
    List<String> names = measures.names(tasks);
    measures.best().requireAmong(names);
    all.forEach(callback -> callback.monitored().ifPresent(each -> each.requireAmong(names)));
  }

  List<Callback> all() {
    return List.copyOf(all);
  }

  /** The epoch of the best model, where one was kept. */
  OptionalInt bestEpoch() {
    return best == null ? OptionalInt.empty() : best.bestEpoch();
  }

  void close() throws IOException {
    for (Callback callback : all) {
      callback.close();
    }
  }
}
