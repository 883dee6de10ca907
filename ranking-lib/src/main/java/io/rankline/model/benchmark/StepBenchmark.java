package io.rankline.model.benchmark;

import io.rankline.data.ListBatch;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.kernel.OpenBlas;
import io.rankline.model.kernel.RowThreads;
import io.rankline.model.layer.trained.TrainingPrecision;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.DNNScorer;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times training steps of a real model, and between them the matrix products of a step by
 * themselves, so that both see the same machine.
 */
public final class StepBenchmark {

  /** Until the JVM has compiled what a step runs. */
  private static final int WARM_UP = 12;

  /** Steps and products by themselves take turns of this many. */
  private static final int STEPS_A_ROUND = 3;

  private final StepSpec spec;

  /** A benchmark of this step. */
  public StepBenchmark(StepSpec spec) {
    this.spec = spec;
  }

  /** Runs it. Changes how many threads this JVM computes with. */
  public StepReport run() {
    RowThreads.use(spec.threads());
    Nd4j.getEnvironment().setMaxThreads(spec.threads());
    RankingModel model = model();
    ListBatch batch = StepBatch.of(spec, 1);
    int rows = batch.validItems();
    try (GemmBaseline products = new GemmBaseline(rows, spec.widths())) {
      for (int i = 0; i < WARM_UP; i++) {
        model.fitTransformed(batch);
        products.run(spec.threads());
      }
      return measure(model, batch, products, rows);
    }
  }

  private StepReport measure(RankingModel model, ListBatch batch, GemmBaseline products, int rows) {
    int rounds = (spec.steps() + STEPS_A_ROUND - 1) / STEPS_A_ROUND;
    double[] steps = new double[rounds];
    double[] gemms = new double[rounds];
    double[] ratios = new double[rounds];
    long first = offHeap();
    long peak = first;
    for (int r = 0; r < rounds; r++) {
      long begin = System.nanoTime();
      for (int i = 0; i < STEPS_A_ROUND; i++) {
        products.run(spec.threads());
      }
      long between = System.nanoTime();
      for (int i = 0; i < STEPS_A_ROUND; i++) {
        model.fitTransformed(batch);
      }
      long end = System.nanoTime();
      gemms[r] = (between - begin) / 1e9 / STEPS_A_ROUND;
      steps[r] = (end - between) / 1e9 / STEPS_A_ROUND;
      ratios[r] = steps[r] / gemms[r];
      peak = Math.max(peak, offHeap());
    }
    return new StepReport(
        spec.lists(),
        rows,
        Spread.of(steps),
        Spread.of(gemms),
        Spread.of(ratios),
        products.operations(),
        peak,
        offHeap() - first,
        new TrainingPrecision(spec.precision(), false).here(),
        OpenBlas.kernel(),
        OpenBlas.build());
  }

  private RankingModel model() {
    DNNScorer scorer =
        DNNScorer.builder()
            .hiddenLayerDims(spec.hiddenLayerDims())
            .activation(Activation.RELU)
            .useBatchNorm(true)
            .dropout(spec.dropout())
            .build();
    return new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), StepBatch.features(spec)),
            PreprocessorWithSpec.builder().build(),
            scorer,
            ListBatch.MASK_NAME,
            "step_benchmark")
        .build(
            TrainingSettings.builder()
                .loss("softmax_loss")
                .optimizer(Optimizer.of("adam").withLearningRate(1e-4))
                .precision(spec.precision())
                .build());
  }

  /** Resident memory beside the Java heap. */
  private static long offHeap() {
    return Math.max(0, Pointer.physicalBytes() - Runtime.getRuntime().totalMemory());
  }
}
