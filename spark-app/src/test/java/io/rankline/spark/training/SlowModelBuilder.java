package io.rankline.spark.training;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.BatchEncoder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models whose every step takes as long as one of a large network, on any machine. */
final class SlowModelBuilder extends AbstractModelBuilder {

  private static final long serialVersionUID = 1;

  private final AbstractModelBuilder builder;
  private final long millis;

  SlowModelBuilder(AbstractModelBuilder builder, long millis) {
    this.builder = builder;
    this.millis = millis;
  }

  @Override
  public RankingModel build(TrainingSettings settings) {
    RankingModel model = builder.build(settings);
    return with(model, new SlowEncoder(model.encoder(), millis));
  }

  /** The model as it is exported: without what slows it down. */
  static RankingModel inner(RankingModel model) {
    return with(model, ((SlowEncoder) model.encoder()).encoder());
  }

  private static RankingModel with(RankingModel model, BatchEncoder encoder) {
    return new RankingModel(
        model.name(),
        model.graph(),
        encoder,
        model.maskFeatureName(),
        new TreeMap<>(model.tasks()),
        model.scope());
  }

  private record SlowEncoder(BatchEncoder encoder, long millis) implements BatchEncoder {

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
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return encoder.inputs(transformed);
    }
  }
}
