package io.rankline.spark.training;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.model.RankingModel;
import io.rankline.model.input.BatchEncoder;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.StrategyProvider;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.spark.training.option.MultiWorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * MultiWorkerMirroredStrategy whose workers write down that they begin a step, and take as long
 * over it as over one of a large network. Model, checkpoints and exports are none the wiser.
 */
public final class WatchedStrategies implements StrategyProvider {

  static final String NAME = "WatchedMultiWorkerStrategy";

  /** Option: how long a step takes at least. */
  static final String MILLIS = "millis";

  /** Option: the folder of {@link StepsTaken}. */
  static final String STEPS = "steps";

  /** Made by {@link java.util.ServiceLoader}. */
  public WatchedStrategies() {}

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public TrainingSession open(String name, SessionRequest request) throws IOException {
    Map<String, String> options = new HashMap<>(request.hparams().strategyOptions());
    long millis = Long.parseLong(Objects.requireNonNull(options.remove(MILLIS)));
    String folder = Objects.requireNonNull(options.remove(STEPS));
    RankingModel model = request.model();
    RankingModel watched =
        new RankingModel(
            model.name(),
            model.graph(),
            new WatchedEncoder(model.encoder(), millis, folder),
            model.maskFeatureName(),
            new TreeMap<>(model.tasks()),
            model.scope());
    return new MultiWorkerSession(
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext()),
        new SessionRequest(watched, request.data(), request.hparams()),
        MultiWorkerOptions.of(options));
  }

  private record WatchedEncoder(BatchEncoder encoder, long millis, String folder)
      implements BatchEncoder {

    @Override
    public RankingList transform(RankingList raw) {
      return encoder.transform(raw);
    }

    @Override
    public ListBatch transform(ListBatch raw) {
      return encoder.transform(raw);
    }

    @Override
    public INDArray[] inputs(ListBatch transformed) {
      // Evaluation is no barrier stage.
      if (TaskContext.get() instanceof BarrierTaskContext task) {
        new StepsTaken(Path.of(folder)).add(task.partitionId());
        try {
          Thread.sleep(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return encoder.inputs(transformed);
    }
  }
}
