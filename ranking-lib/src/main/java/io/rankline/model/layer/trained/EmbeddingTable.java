package io.rankline.model.layer.trained;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameter of an embedding: one table [nIn, nOut], each row in one piece. */
public final class EmbeddingTable extends NamedParameters {

  public static final EmbeddingTable INSTANCE = new EmbeddingTable();

  static final String TABLE = "W";

  private EmbeddingTable() {}

  @Override
  List<Part> parts(Layer layer) {
    FeedForwardLayer table = (FeedForwardLayer) layer;
    return List.of(new Part(TABLE, Kind.WEIGHT, 'c', table.getNIn(), table.getNOut()));
  }

  @Override
  void initialize(Layer layer, String name, INDArray view) {
    FeedForwardLayer table = (FeedForwardLayer) layer;
    table
        .getWeightInitFn()
        .init(1, (double) table.getNOut(), view.shape(), 'c', view.reshape(view.length()));
  }
}
